package io.campaignlauncher.benchmarks;

import io.campaignlauncher.job.messages.EventMessages;
import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.Check;
import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.CreationReport;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.ErrorKind;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.job.model.VerificationReport;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.JobIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Histories of launches of 50 + 50 as the real model writes them, in the bytes in which they are stored. */
final class LaunchHistories {

    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final int AD_SETS = 50;
    private static final int BRANCHES_PER_REPORT = 10;
    private static final JobPolicy POLICY = JobPolicy.defaults(Duration.ofSeconds(10));
    private static final Fault NETWORK = new Fault(ErrorKind.TEMPORARY, false, 2, null, "Service temporarily down",
            "AbCdEfGhIjK", null);
    private static final List<String> CHECKS = List.of("account_accessible", "account_active", "token_valid",
            "campaign_name_free", "campaign_room", "ad_set_room", "ad_room", "page_usable", "pixel_usable");

    private final AvroEncoding encoding = new AvroEncoding();
    private final String jobId;
    private final List<Event> events = new ArrayList<>();
    private JobState state = Job.initialState();
    private Instant now = BEGIN;

    /** An event of a history. */
    record Event(String type, Instant at, byte[] payload) {}

    private LaunchHistories(String userId, String key) {
        this.jobId = JobIds.of(userId, key).toString();
    }

    /** A launch that completes; every tenth has slots that fail at first. */
    static List<Event> launch(int number) {
        var request = new LaunchRequest("launch-" + number, "buyer-" + number % 40, "act_" + (1_000 + number % 50),
                "default", Strategy.ONE_FIFTY_ONE, AD_SETS, null, "1000000001", "2000000001",
                new CampaignSpec("Summer sale " + number, "OUTCOME_SALES", List.of(), Map.of()),
                new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS",
                        "{\"age_max\":65,\"age_min\":18,\"geo_locations\":{\"countries\":[\"US\"]}}", Map.of()),
                new AdSpec(
                        "{\"object_story_spec\":{\"link_data\":{\"link\":\"https://example.com\",\"message\":\"Hello\"},"
                                + "\"page_id\":\"1000000001\"}}",
                        Map.of()),
                null, RollbackPolicy.AUTOMATIC, DuplicateName.REJECT, null, 5);
        var history = new LaunchHistories(request.userId(), request.idempotencyKey());
        history.put(new JobCommand.AcceptJob(history.jobId, request, RequestFingerprint.of(request), false));
        history.put(new JobCommand.RecordPreVerification(new PreVerificationReport(1, VerificationOutcome.PASSED,
                CHECKS.stream().map(name -> new Check(name, Check.Outcome.PASSED, "")).toList(), 12, 6000, null, 140,
                1)));
        if (number % 10 == 0) {
            history.created(id -> id.number() <= AD_SETS / 2, 52);
            history.put(new JobCommand.EndWait(Objects.requireNonNull(history.state.waiting()).number()));
        }
        history.created(_ -> true, 51);
        history.put(new JobCommand.RecordVerification(new VerificationReport(1, VerificationOutcome.PASSED, List.of(),
                List.of(), 1, AD_SETS, AD_SETS, history.now, null, null, 180, 1)));
        return history.events;
    }

    /** The campaign in a report of its own, then a few branches at a time; slots that are not wanted fail with the last. */
    private void created(Predicate<SlotId> wanted, int httpCalls) {
        var round = state.counts().rounds();
        if (state.unfilled().getFirst().type() == EntityType.CAMPAIGN) {
            put(new JobCommand.RecordCreation(new CreationReport(round, List.of(entity(state.unfilled().getFirst())),
                    List.of(), RoundEnd.NOT_YET, null, null, 1)));
        }
        var left = state.unfilled();
        var failed = left.stream().filter(wanted.negate()).map(id -> new FailedSlot(id, NETWORK)).toList();
        for (int first = 1; first <= AD_SETS; first += BRANCHES_PER_REPORT) {
            int from = first;
            var last = first + BRANCHES_PER_REPORT > AD_SETS;
            put(new JobCommand.RecordCreation(new CreationReport(round,
                    left.stream().filter(wanted).filter(id -> id.number() >= from
                            && id.number() < from + BRANCHES_PER_REPORT).map(this::entity).toList(),
                    last ? failed : List.of(), last ? RoundEnd.DONE : RoundEnd.NOT_YET, null, null, httpCalls)));
        }
    }

    private CreatedSlot entity(SlotId id) {
        return new CreatedSlot(id, "12021%d%010d".formatted(id.type().ordinal() + 1,
                Math.floorMod(jobId.hashCode(), 1_000_000) * 1_000L + id.number()), false);
    }

    private void put(JobCommand command) {
        now = now.plusMillis(137);
        var context = new DecisionContext(jobId, now, POLICY);
        if (!(Job.decide(state, command, context) instanceof Decision.Accepted(var decided))) {
            throw new IllegalStateException("refused: " + command);
        }
        for (var event : decided) {
            state = Job.evolve(state, event);
            var message = EventMessages.message(event, state, context);
            events.add(new Event(message.getSchema().getName(), now, encoding.encode(message)));
        }
    }

    /** The job that the history is of, as its payloads name it. */
    static String jobId(int number) {
        return JobIds.of("buyer-" + number % 40, "launch-" + number).toString();
    }
}
