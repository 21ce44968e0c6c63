package io.campaignlauncher.job.history;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.FoundEntity;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.request.LaunchRequests;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a {@link RecordedJob} down. What the HTTP API's job has as well is called the same here. */
final class JobDocument {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JobDocument() {}

    static ObjectNode of(RecordedJob job) {
        var document = summary(job);
        var state = job.state();
        document.put("awaited", wireName(state.awaited()))
                .put("createdAt", text(job.standing().times().createdAt()))
                .put("startedAt", text(job.standing().times().startedAt()))
                .put("completedAt", text(job.standing().times().completedAt()));
        if (state.accepted() != null) {
            terms(document, state.terms());
            document.set("preVerification", job.preVerification() == null ? null : verification(job.preVerification()));
            progress(document, state);
            slots(document, job);
        }
        return document;
    }

    static ObjectNode summary(RecordedJob job) {
        var state = job.state();
        var standing = job.standing();
        var summary = NODES.objectNode()
                .put("jobId", job.jobId().toString())
                .put("version", job.version() == RecordedJob.BEFORE_THE_FIRST ? null : Long.valueOf(job.version()))
                .put("at", text(job.at()))
                .put("type", job.type())
                .put("status", wireName(standing.status()))
                .put("phase", wireName(state.phase()))
                .put("waitingUntil", text(standing.waitingUntil()))
                .put("retryCount", standing.retryCount())
                .put("lastError", standing.lastError());
        var reasons = summary.putArray("reasons");
        standing.reasons().forEach(reasons::add);
        if (state.accepted() != null) {
            var terms = state.terms();
            summary.put("retryBudget", terms.retryBudget())
                    .put("facebookCampaignId", state.slots().getFirst().facebookId());
            counts(summary.putObject("requested"), terms.plan().adSets(), terms.plan().ads());
            counts(summary.putObject("created"), state.created(EntityType.AD_SET), state.created(EntityType.AD));
            rollback(summary.putObject("rollback"), job, terms);
            summary.set("cancelled", cancelled(state));
            summary.put("startAt", text(terms.start().instant())).put("timeZone", terms.start().timeZone());
        }
        return summary;
    }

    private static void rollback(ObjectNode json, RecordedJob job, JobState.Terms terms) {
        var rollback = job.state().rollback();
        json.put("policy", terms.rollbackPolicy().name())
                .put("triggered", job.standing().times().rollbackAt() != null)
                .put("reason", rollback == null ? null : rollback.reason())
                .put("at", text(job.standing().times().rollbackAt()))
                .put("awaitingConfirmation", job.standing().awaitingConfirmation())
                .put("declined", rollback != null && rollback.declined())
                .put("confirmedBy", rollback == null ? null : rollback.confirmedBy());
    }

    private static @Nullable ObjectNode cancelled(JobState state) {
        var cancellation = state.cancellation();
        return cancellation == null ? null
                : NODES.objectNode().put("by", cancellation.userId()).put("reason", cancellation.reason());
    }

    private static void terms(ObjectNode document, JobState.Terms terms) {
        document.put("tenant", terms.request().ownership().tenant())
                .put("owner", terms.request().ownership().owner())
                .put("userId", terms.request().userId())
                .put("adAccountId", terms.request().adAccountId())
                .put("campaignName", terms.request().campaign().name())
                .put("strategy", String.valueOf(terms.request().strategy()))
                .put("duplicateName", terms.duplicateName().name())
                .put("nameTakenByAnotherJob", terms.nameTakenByAnotherJob())
                .put("label", terms.label())
                .put("fingerprint", terms.fingerprint());
        document.set("request", AvroJson.of(LaunchRequests.toAvro(terms.request())));
    }

    private static void counts(ObjectNode counts, int adSets, int ads) {
        counts.put("adSets", adSets).put("ads", ads);
    }

    private static ObjectNode verification(PreVerificationReport report) {
        var json = NODES.objectNode().put("attempt", report.attempt()).put("outcome", report.outcome().name())
                .put("campaignCount", report.campaignCount()).put("campaignLimit", report.campaignLimit());
        var checks = json.putObject("checks");
        report.checks().forEach(check -> checks.putObject(check.name())
                .put("outcome", check.outcome().name())
                .put("detail", check.detail()));
        json.set("fault", report.fault() == null ? null : fault(report.fault()));
        return json;
    }

    private static void progress(ObjectNode document, JobState state) {
        var counts = state.counts();
        document.putObject("counts")
                .put("preVerifications", counts.preVerifications())
                .put("creationRounds", counts.rounds())
                .put("verifications", counts.verifications())
                .put("deletionPasses", counts.passes())
                .put("waits", counts.waits())
                .put("interruptions", counts.interruptions())
                .put("deletionRetries", counts.deletionRetries());
        document.put("unknownOutcomesSettledAt", text(state.settledAt())).put("readableFrom",
                text(state.readableFrom()));
        var round = document.putObject("lastRound").put("progressed", state.round().progressed());
        var faults = round.putArray("faults");
        state.round().faults().forEach(fault -> faults.add(fault(fault)));
        document.putObject("look")
                .put("beforeCreating", state.doubts().beforeCreating())
                .put("outdated", state.doubts().outdated())
                .put("unread", state.doubts().unread());
        var surplus = document.putArray("surplus");
        state.surplus().forEach(entity -> surplus.add(entity(entity)));
        var unconfirmed = document.putArray("deletionsUnconfirmed");
        state.unconfirmed().forEach(entity -> unconfirmed.add(entity(entity)));
        var kept = document.putArray("contentKept");
        state.kept().stream().sorted().forEach(kept::add);
    }

    private static void slots(ObjectNode document, RecordedJob job) {
        var slots = document.putArray("slots");
        job.slots().forEach(index -> {
            var planned = job.state().plan().slots().get(index);
            var slot = job.state().slots().get(index);
            var json = slots.addObject()
                    .put("entityType", wireName(planned.id().type()))
                    .put("slotNumber", planned.id().number())
                    .put("adSetSlotNumber", planned.adSetNumber() == 0 ? null : Integer.valueOf(planned.adSetNumber()))
                    .put("name", planned.name())
                    .put("status", wireName(slot.status()))
                    .put("facebookId", slot.facebookId())
                    .put("outcomeUnknown", slot.outcomeUnknown());
            var gone = json.putArray("gone");
            slot.gone().stream().sorted().forEach(gone::add);
        });
    }

    private static ObjectNode entity(FoundEntity entity) {
        return NODES.objectNode()
                .put("entityType", wireName(entity.slot().type()))
                .put("slotNumber", entity.slot().number())
                .put("facebookId", entity.facebookId())
                .put("name", entity.name());
    }

    private static ObjectNode fault(Fault fault) {
        return NODES.objectNode()
                .put("kind", fault.kind().name())
                .put("code", fault.code())
                .put("subcode", fault.subcode())
                .put("message", fault.message())
                .put("outcomeUnknown", fault.outcomeUnknown())
                .put("fbtraceId", fault.fbtraceId())
                .put("retryAt", text(fault.retryAt()));
    }

    private static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
