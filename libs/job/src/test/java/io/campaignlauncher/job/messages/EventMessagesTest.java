package io.campaignlauncher.job.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.DeletionReason;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FoundEntity;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.job.model.RequestSample;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.Variations;
import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.DeletionPassEnded;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.PlannedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventMessagesTest {

    private static final String JOB = "7d1f3f1e-6a55-3c7b-9f53-1c1f4f3f0a11";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final DecisionContext MOMENT = new DecisionContext(JOB, NOW,
            JobPolicy.defaults(Duration.ofSeconds(7)));

    @Test
    void a_command_to_a_creator_says_how_long_it_may_be_claimed_sent_for_and_answered() {
        var event = new JobEvent.CreationRequested(1, false, List.of(new SlotId(EntityType.CAMPAIGN, 1)));

        var message = (CreationRequested) EventMessages.message(event, Job.evolve(accepted(), event), MOMENT);

        var command = message.getCommand();
        assertThat(command.getNotAfter()).isEqualTo(NOW.plus(JobPolicy.COMMAND_VALIDITY));
        assertThat(command.getLeaseMs()).isEqualTo(15_000);
        assertThat(command.getRequestTimeoutMs()).isEqualTo(7_000);
    }

    @Test
    void a_command_says_once_what_slots_are_made_of_that_are_not_as_all_are() {
        var request = RequestSample.listed(3, 2).varied(new Variations(null, null, List.of(), List.of(), List.of(
                new ListedAdSet("Women", 500L, null, null, null, Map.of(), List.of(new ListedAd("a", null, Map.of()),
                        new ListedAd("b", "{\"creative_id\":\"2\"}", Map.of()))),
                new ListedAdSet("Men", 500L, null, null, null, Map.of(), List.of(new ListedAd("c",
                        "{\"creative_id\":\"2\"}", Map.of()))),
                new ListedAdSet("All", 700L, null, null, null, Map.of(), List.of(new ListedAd("d", null, Map.of())))),
                false));
        var state = accepted(request);
        state = Job.evolve(state, new JobEvent.SlotsCreated(1,
                List.of(new CreatedSlot(new SlotId(EntityType.CAMPAIGN, 1), "1", false),
                        new CreatedSlot(new SlotId(EntityType.AD_SET, 3), "13", false)),
                NOW));
        var event = new JobEvent.CreationRequested(2, false, state.plan().slots().stream().map(PlannedSlot::id)
                .filter(id -> !Set.of(new SlotId(EntityType.CAMPAIGN, 1), new SlotId(EntityType.AD_SET, 3))
                        .contains(id))
                .toList());

        var command = ((CreationRequested) EventMessages.message(event, Job.evolve(state, event), MOMENT)).getCommand();

        assertThat(command.getAdSetSpecs()).extracting(AdSetSpec::getDailyBudget).containsExactly(500L, 700L);
        assertThat(command.getAdSets()).extracting(PlannedEntity::getName, PlannedEntity::getSpec)
                .containsExactly(tuple("Women", 1), tuple("Men", 1), tuple("All", 2));
        assertThat(command.getAdSpecs()).extracting(AdSpec::getCreative).containsExactly("{\"creative_id\":\"2\"}");
        assertThat(command.getAds()).extracting(PlannedEntity::getName, PlannedEntity::getAdSetSlotNumber,
                PlannedEntity::getSpec).containsExactly(tuple("a", 1, 0), tuple("b", 1, 1), tuple("c", 2, 1),
                        tuple("d", 3, 0));
    }

    @Test
    void whatever_a_worker_is_asked_for_says_whose_credentials_it_may_use() {
        for (var event : List.of(new JobEvent.PreVerificationRequested(1, false),
                new JobEvent.CreationRequested(1, false, List.of(new SlotId(EntityType.CAMPAIGN, 1))),
                new JobEvent.VerificationRequested(1, null),
                new JobEvent.DeletionRequested(1, DeletionReason.ROLLBACK, List.of()))) {
            var message = EventMessages.message(event,
                    Job.evolve(accepted(new Ownership("acme", "ann")), event), MOMENT);
            var asked = message instanceof CreationRequested requested ? requested.getCommand() : message;
            assertThat(asked.get(asked.getSchema().getField("tenant").pos())).as("%s", event).isEqualTo("acme");
        }
    }

    @Test
    void a_request_to_remove_surplus_names_it_by_id_and_tells_all_names_of_the_job_beside_it() {
        var event = new JobEvent.DeletionRequested(1, DeletionReason.SURPLUS,
                List.of(new FoundEntity(new SlotId(EntityType.CAMPAIGN, 1), "77", "Sale")));
        var job = accepted();

        var message = (DeletionRequested) EventMessages.message(event, job, MOMENT);

        assertThat(message.getEntities()).filteredOn(entity -> !entity.getFacebookId().isEmpty())
                .extracting(Entity::getFacebookId).containsExactly("77");
        assertThat(message.getEntities()).filteredOn(entity -> entity.getFacebookId().isEmpty())
                .extracting(Entity::getName)
                .containsExactlyElementsOf(job.plan().slots().stream().map(PlannedSlot::name).toList());
        assertThat(StoredEvents.event(message)).isEqualTo(event);
    }

    @Test
    void a_request_to_roll_back_names_by_id_what_is_there_what_was_and_what_facebook_only_said_is_deleted() {
        var adSet = new FoundEntity(new SlotId(EntityType.AD_SET, 1), "88", "Sale - 1");
        var twin = new FoundEntity(new SlotId(EntityType.AD_SET, 1), "99", "Sale - 1");
        var job = accepted();
        for (var event : List.of(
                new JobEvent.SlotsCreated(1, List.of(new CreatedSlot(new SlotId(EntityType.CAMPAIGN, 1), "77", false),
                        new CreatedSlot(adSet.slot(), "88", false)), NOW),
                new JobEvent.RollbackStarted("because", null),
                new JobEvent.RollbackStarted("because", "boss", "no longer wanted"),
                new JobEvent.DeletionRequested(1, DeletionReason.ROLLBACK, List.of()),
                new JobEvent.EntitiesDeleted(1, DeletionReason.ROLLBACK, List.of(adSet)),
                new JobEvent.DeletionPassEnded(1, List.of(), 3, List.of(twin), NOW))) {
            job = Job.evolve(job, event);
        }
        var event = new JobEvent.DeletionRequested(2, DeletionReason.ROLLBACK, List.of());

        var message = (DeletionRequested) EventMessages.message(event, job, MOMENT);

        assertThat(message.getEntities()).extracting(Entity::getFacebookId).filteredOn(id -> !id.isEmpty())
                .containsExactlyInAnyOrder("77", "88", "99");
        assertThat(StoredEvents.event(message)).isEqualTo(event);
    }

    @Test
    void a_pass_that_ended_in_an_older_version_has_nothing_unconfirmed() {
        var older = DeletionPassEnded.newBuilder().setJobId(JOB).setPass(1).setHttpCalls(3).build();

        assertThat(StoredEvents.event(older))
                .isEqualTo(new JobEvent.DeletionPassEnded(1, List.of(), 3, List.of(), null));
    }

    private static JobState accepted() {
        return accepted(Ownership.LOCAL);
    }

    private static JobState accepted(Ownership ownership) {
        return accepted(RequestSample.forAll(2).ownedBy(ownership));
    }

    private static JobState accepted(LaunchRequest request) {
        var command = RequestSample.accept(JOB, request);
        var decision = Job.decide(Job.initialState(), command,
                new DecisionContext(JOB, NOW, JobPolicy.defaults(Duration.ofSeconds(10))));
        var state = Job.initialState();
        for (var event : ((Decision.Accepted) decision).events()) {
            state = Job.evolve(state, event);
        }
        return state;
    }
}
