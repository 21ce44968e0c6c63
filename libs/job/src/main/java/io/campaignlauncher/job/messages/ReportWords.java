package io.campaignlauncher.job.messages;

import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.VerificationReport;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.VerificationOutcome;

/** Writes the reports that events keep. */
final class ReportWords {

    private ReportWords() {}

    static PreVerificationReported word(String jobId, PreVerificationReport report) {
        return PreVerificationReported.newBuilder()
                .setJobId(jobId)
                .setAttempt(report.attempt())
                .setOutcome(VerificationOutcome.valueOf(report.outcome().name()))
                .setChecks(report.checks().stream()
                        .map(c -> new Check(c.name(), CheckOutcome.valueOf(c.outcome().name()), c.detail()))
                        .toList())
                .setCampaignCount(report.campaignCount())
                .setCampaignLimit(report.campaignLimit())
                .setFault(Words.wordOrNull(report.fault()))
                .setDurationMs(report.durationMs())
                .setHttpCalls(report.httpCalls())
                .build();
    }

    static PostVerificationReported word(String jobId, VerificationReport report) {
        return PostVerificationReported.newBuilder()
                .setJobId(jobId)
                .setAttempt(report.attempt())
                .setOutcome(VerificationOutcome.valueOf(report.outcome().name()))
                .setMissing(report.missing().stream().map(Words::word).toList())
                .setUnknownToSlots(report.unknownToSlots().stream().map(Words::word).toList())
                .setUnknownLeftOut(report.unknownLeftOut())
                .setCampaignsFound(report.campaignsFound())
                .setAdSetsFound(report.adSetsFound())
                .setAdsFound(report.adsFound())
                .setLookedAt(report.lookedAt())
                .setLookAgainAt(report.lookAgainAt())
                .setFault(Words.wordOrNull(report.fault()))
                .setDurationMs(report.durationMs())
                .setHttpCalls(report.httpCalls())
                .build();
    }
}
