package io.campaignlauncher.job.messages;

import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.VerificationReport;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.VerificationOutcome;

/** Turns the reports that events keep into Avro records. */
final class ReportMapper {

    private ReportMapper() {}

    static PreVerificationReported toAvro(String jobId, PreVerificationReport report) {
        return PreVerificationReported.newBuilder()
                .setJobId(jobId)
                .setAttempt(report.attempt())
                .setOutcome(VerificationOutcome.valueOf(report.outcome().name()))
                .setChecks(report.checks().stream()
                        .map(c -> new Check(c.name(), CheckOutcome.valueOf(c.outcome().name()), c.detail()))
                        .toList())
                .setCampaignCount(report.campaignCount())
                .setCampaignLimit(report.campaignLimit())
                .setFault(AvroMapper.toAvroOrNull(report.fault()))
                .setDurationMs(report.durationMs())
                .setHttpCalls(report.httpCalls())
                .setTimeZone(report.timeZone())
                .setMedia(AvroMapper.toAvro(report.media()))
                .setReadyAt(report.readyAt())
                .build();
    }

    static PostVerificationReported toAvro(String jobId, VerificationReport report) {
        return PostVerificationReported.newBuilder()
                .setJobId(jobId)
                .setAttempt(report.attempt())
                .setOutcome(VerificationOutcome.valueOf(report.outcome().name()))
                .setMissing(report.missing().stream().map(AvroMapper::toAvro).toList())
                .setUnknownToSlots(report.unknownToSlots().stream().map(AvroMapper::toAvro).toList())
                .setUnknownLeftOut(report.unknownLeftOut())
                .setCampaignsFound(report.campaignsFound())
                .setAdSetsFound(report.adSetsFound())
                .setAdsFound(report.adsFound())
                .setLookedAt(report.readAt())
                .setLookAgainAt(report.verifyAgainAt())
                .setFault(AvroMapper.toAvroOrNull(report.fault()))
                .setDurationMs(report.durationMs())
                .setHttpCalls(report.httpCalls())
                .build();
    }
}
