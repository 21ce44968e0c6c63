package io.campaignlauncher.readmodel;

import io.campaignlauncher.readmodel.JobView.VerificationView;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.VerificationOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** What verifications leave in the tables. */
final class VerificationFold {

    private static final Set<String> ROOM = Set.of("campaign_room", "ad_set_room", "ad_room");

    private VerificationFold() {}

    static void preVerification(JobView job, PreVerificationReported report, Instant at) {
        var errors = details(report.getChecks(), CheckOutcome.FAILED);
        if (report.getFault() != null) {
            errors.add(ErrorHistory.described(report.getFault()));
            ErrorHistory.add(job, at, "PreVerificationCompleted", report.getFault());
        }
        switch (report.getOutcome()) {
            case PASSED -> job.set(JobColumn.PRE_VERIFIED_AT, at);
            case REFUSED -> report.getChecks()
                    .stream()
                    .filter(check -> check.getOutcome() == CheckOutcome.FAILED)
                    .forEach(check -> ErrorHistory.add(job, at, "PreVerificationCompleted", ErrorKind.PERMANENT,
                            Json.clean(check.getDetail())));
            case INCONCLUSIVE, UNKNOWN -> {
            }
        }
        job.newVerifications().add(new VerificationView(report.getAttempt(), report.getOutcome().name(),
                report.getOutcome() == VerificationOutcome.PASSED,
                Math.clamp(report.getDurationMs(), 0, Integer.MAX_VALUE), passed(report, "account_accessible"),
                not(passed(report, "account_active")), foundSomething(report, "campaign_name_free"),
                atLimit(report.getChecks()),
                passed(report, "token_valid"), checks(report.getChecks()),
                details(report.getChecks(), CheckOutcome.WARNED), errors, report.getCampaignCount(),
                report.getCampaignLimit(), report.getHttpCalls(), at));
    }

    static void verification(JobView job, PostVerificationReported report, Instant at) {
        job.set(JobColumn.LAST_VERIFICATION, json(report, at));
        if (report.getFault() != null) {
            ErrorHistory.add(job, at, "VerificationCompleted", report.getFault());
        }
        switch (report.getOutcome()) {
            case PASSED, REFUSED -> {
                job.set(JobColumn.FACEBOOK_CAMPAIGNS, report.getCampaignsFound());
                job.set(JobColumn.FACEBOOK_AD_SETS, report.getAdSetsFound());
                job.set(JobColumn.FACEBOOK_ADS, report.getAdsFound());
                job.set(JobColumn.FACEBOOK_LOOKED_AT, report.getLookedAt() == null ? at : report.getLookedAt());
                if (report.getOutcome() == VerificationOutcome.PASSED) {
                    job.set(JobColumn.VERIFIED_AT, at);
                }
            }
            case INCONCLUSIVE, UNKNOWN -> {
            }
        }
    }

    private static ArrayNode checks(List<Check> checks) {
        var json = Json.array();
        checks.forEach(check -> json.addObject()
                .put("name", Json.clean(check.getName()))
                .put("outcome", check.getOutcome().name())
                .put("detail", Json.clean(check.getDetail())));
        return json;
    }

    private static ArrayNode details(List<Check> checks, CheckOutcome outcome) {
        var json = Json.array();
        checks.stream()
                .filter(check -> check.getOutcome() == outcome)
                .forEach(check -> json.add(Json.clean(check.getDetail())));
        return json;
    }

    private static tools.jackson.databind.JsonNode json(PostVerificationReported report, Instant at) {
        var json = Json.object()
                .put("attempt", report.getAttempt())
                .put("outcome", report.getOutcome().name())
                .put("completedAt", at.toString())
                .put("lookedAt", text(report.getLookedAt()))
                .put("lookAgainAt", text(report.getLookAgainAt()))
                .put("durationMs", report.getDurationMs())
                .put("httpCalls", report.getHttpCalls());
        json.putObject("found")
                .put("campaigns", report.getCampaignsFound())
                .put("adSets", report.getAdSetsFound())
                .put("ads", report.getAdsFound());
        var missing = json.putArray("missing");
        report.getMissing().forEach(ref -> missing.addObject()
                .put("entityType", JobView.wireName(ref.getEntityType()))
                .put("slotNumber", ref.getSlotNumber()));
        var unknown = json.putArray("unknownToSlots");
        report.getUnknownToSlots().forEach(entity -> unknown.addObject()
                .put("entityType", JobView.wireName(entity.getEntityType()))
                .put("slotNumber", entity.getSlotNumber())
                .put("facebookId", Json.clean(entity.getFacebookId()))
                .put("name", Json.clean(entity.getName())));
        json.put("unknownLeftOut", report.getUnknownLeftOut());
        json.set("fault", ErrorHistory.json(report.getFault()));
        return json;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** Whether the check came out well; null where it was not reached. */
    private static @Nullable Boolean passed(PreVerificationReported report, String name) {
        return find(report, name, CheckOutcome.PASSED, CheckOutcome.WARNED);
    }

    /** Whether the check found something, be it a reason to refuse or to warn; null where it was not reached. */
    private static @Nullable Boolean foundSomething(PreVerificationReported report, String name) {
        return not(find(report, name, CheckOutcome.PASSED));
    }

    private static @Nullable Boolean find(PreVerificationReported report, String name, CheckOutcome... good) {
        return report.getChecks()
                .stream()
                .filter(check -> check.getName().equals(name) && reached(check))
                .map(check -> List.of(good).contains(check.getOutcome()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Boolean atLimit(List<Check> checks) {
        var reached = checks.stream().filter(check -> ROOM.contains(check.getName()) && reached(check)).toList();
        return reached.isEmpty() ? null
                : reached.stream().anyMatch(check -> check.getOutcome() == CheckOutcome.FAILED);
    }

    private static boolean reached(Check check) {
        return switch (check.getOutcome()) {
            case PASSED, WARNED, FAILED -> true;
            case NOT_REACHED, UNKNOWN -> false;
        };
    }

    private static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : !value;
    }
}
