package io.campaignlauncher.job.http;

import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.job.model.VerificationOutcome;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an older app is told of its launch. Nothing but a completed launch is a success. */
record LegacyAnswer(HttpStatus status, ObjectNode body) {

    static LegacyAnswer of(RecordedJob job) {
        return switch (job.state().phase()) {
            case COMPLETED -> new LegacyAnswer(HttpStatus.OK, standing(job).put("success", true));
            case FAILED -> refused(job) ? refusal(job)
                    : failure(job, "The launch failed", "What is listed here is left on Facebook.");
            case ROLLED_BACK -> failure(job, "The launch was rolled back", "Nothing of it is left on Facebook.");
            case ABSENT, PRE_VERIFYING, AWAITING_START, CREATING, VERIFYING, REMOVING_SURPLUS, AWAITING_CONFIRMATION,
                    ROLLING_BACK ->
                new LegacyAnswer(HttpStatus.ACCEPTED,
                        standing(job).put("message", "The launch goes on; ask at Location."));
        };
    }

    /** The same for a caller who may have called the objective by a retired name: it is told which one was taken for it. */
    LegacyAnswer to(LegacyBody.Read read) {
        if (read.retiredObjective() != null) {
            body.put("objective", read.request().campaign().objective())
                    .put("objectiveGiven", read.retiredObjective());
        }
        return this;
    }

    private static boolean refused(RecordedJob job) {
        return job.preVerification() != null && job.preVerification().outcome() == VerificationOutcome.REFUSED;
    }

    private static LegacyAnswer refusal(RecordedJob job) {
        var body = JsonNodeFactory.instance.objectNode()
                .put("success", false)
                .put("error", "Pre-creation verification failed");
        reasons(body, job);
        body.set("details", job.document().path("preVerification").path("checks"));
        return new LegacyAnswer(HttpStatus.BAD_REQUEST, body.put("jobId", job.jobId().toString()));
    }

    private static LegacyAnswer failure(RecordedJob job, String error, String message) {
        var body = standing(job).put("success", false).put("error", error).put("message", message);
        reasons(body, job);
        return new LegacyAnswer(HttpStatus.BAD_GATEWAY, body);
    }

    private static void reasons(ObjectNode body, RecordedJob job) {
        var reasons = body.putArray("reasons");
        job.standing().reasons().forEach(reasons::add);
    }

    /** Counts, and the ids of what is on Facebook. */
    private static ObjectNode standing(RecordedJob job) {
        var summary = job.summary();
        var body = JsonNodeFactory.instance.objectNode()
                .put("jobId", job.jobId().toString())
                .put("status", summary.path("status").stringValue());
        if (job.state().phase() != Phase.ABSENT) {
            body.set("requested", summary.path("requested"));
            body.set("created", summary.path("created"));
            body.putNull("campaignId");
            var adSets = body.putArray("adSetIds");
            var ads = body.putArray("adIds");
            IntStream.range(0, job.state().slots().size()).forEach(index -> {
                var slot = job.state().slots().get(index);
                if (slot.filled()) {
                    switch (job.state().plan().slots().get(index).id().type()) {
                        case CAMPAIGN -> body.put("campaignId", slot.facebookId());
                        case AD_SET -> adSets.add(slot.facebookId());
                        case AD -> ads.add(slot.facebookId());
                    }
                }
            });
        }
        return body;
    }
}
