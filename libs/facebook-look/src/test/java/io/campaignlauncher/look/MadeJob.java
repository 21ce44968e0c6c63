package io.campaignlauncher.look;

import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.DeletionReason;
import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FoundEntity;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.Variations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job all of whose slots are filled. */
final class MadeJob {

    static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant READABLE = MADE.plusSeconds(60);
    private static final String ID = "34498280-a3ca-3807-b2fa-69ed47c36fae";

    private MadeJob() {}

    /** @param adStatus that the request wants; empty: none */
    static JobState of(int adSets, String adStatus) {
        var request = new LaunchRequest("k", "buyer", "act_1001", "default", Strategy.FOR_ALL, adSets, null,
                "1000000001", null, new CampaignSpec("Sale", "OUTCOME_SALES", List.of(), Map.of()),
                new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS", "{\"a\":1}", Map.of()),
                new AdSpec("{\"b\":2}", adStatus.isEmpty() ? Map.of() : Map.of("status", "\"" + adStatus + "\"")), 2,
                RollbackPolicy.AUTOMATIC, DuplicateName.REJECT, null, 5);
        return accepted(request);
    }

    /** Of ad sets with 50 ads each. */
    static JobState ofFifties(int adSets) {
        var fifty = Collections.nCopies(50, new ListedAd(null, null, Map.of()));
        var listed = Collections.nCopies(adSets, new ListedAdSet(null, null, null, null, null, Map.of(), fifty));
        return accepted(new LaunchRequest("k", "buyer", "act_1001", "default", Strategy.AS_LISTED, null, null,
                "1000000001", null, new CampaignSpec("Sale", "OUTCOME_SALES", List.of(), Map.of()),
                new AdSetSpec(2000L, "IMPRESSIONS", "OFFSITE_CONVERSIONS", "{\"a\":1}", Map.of()),
                new AdSpec("{\"b\":2}", Map.of()), 2, RollbackPolicy.AUTOMATIC, DuplicateName.REJECT, null, 5,
                Ownership.LOCAL, new Variations(null, null, List.of(), List.of(), listed, true), null, null));
    }

    private static JobState accepted(LaunchRequest request) {
        var accept = new JobCommand.AcceptJob(ID, request, RequestFingerprint.of(request), PriorAcceptance.NONE,
                List.of());
        var context = new DecisionContext(ID, MADE, JobPolicy.defaults(Duration.ofSeconds(10)));
        if (!(Job.decide(Job.initialState(), accept, context) instanceof Decision.Accepted(var events))) {
            throw new AssertionError("refused");
        }
        var job = events.stream().reduce(Job.initialState(), Job::evolve, (_, last) -> last);
        return Job.evolve(job, new JobEvent.SlotsCreated(1, job.unfilled().stream()
                .map(slot -> new CreatedSlot(slot, id(slot), false)).toList(), READABLE));
    }

    static JobState completed(JobState made) {
        return Job.evolve(made, new JobEvent.JobCompleted(id(EntityType.CAMPAIGN, 1), made.created(EntityType.AD_SET),
                made.created(EntityType.AD)));
    }

    /** Everything of it was deleted. */
    static JobState takenBack(JobState made) {
        return Job.evolve(made, new JobEvent.EntitiesDeleted(1, DeletionReason.ROLLBACK, made.plan().slots().stream()
                .map(slot -> new FoundEntity(slot.id(), id(slot.id()), slot.name())).toList()));
    }

    static String id(EntityType type, int number) {
        return id(new SlotId(type, number));
    }

    private static String id(SlotId slot) {
        return "12%d%04d".formatted(slot.type().ordinal(), slot.number());
    }

    /** As Facebook holds it. */
    static Map<String, ObservedEntity> everything(JobState job) {
        var all = new LinkedHashMap<String, ObservedEntity>();
        for (var planned : job.plan().slots()) {
            var parent = switch (planned.id().type()) {
                case CAMPAIGN -> "";
                case AD_SET -> id(EntityType.CAMPAIGN, 1);
                case AD -> id(EntityType.AD_SET, planned.adSetNumber());
            };
            all.put(id(planned.id()), new ObservedEntity(planned.id().type(), id(planned.id()), planned.name(),
                    "PAUSED", "PAUSED", parent));
        }
        return all;
    }

    static List<ObservedEntity> ofType(Map<String, ObservedEntity> all, EntityType... types) {
        return new ArrayList<>(all.values().stream().filter(entity -> List.of(types).contains(entity.type())).toList());
    }
}
