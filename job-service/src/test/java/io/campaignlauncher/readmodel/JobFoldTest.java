package io.campaignlauncher.readmodel;

import static io.campaignlauncher.readmodel.ScriptedJob.LIMITED;
import static io.campaignlauncher.readmodel.ScriptedJob.NETWORK;
import static io.campaignlauncher.readmodel.ScriptedJob.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.model.Check;
import io.campaignlauncher.job.model.DeletionReport;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.FoundEntity;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.UndeletedEntity;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.ErrorKind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JobFoldTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final AvroEncoding ENCODING = new AvroEncoding();

    private final ScriptedJob job = ScriptedJob.accepted("u", "k", 4, T0);

    @Test
    void allots_slots_with_names_and_parents_when_the_job_is_accepted() {
        var view = folded(job);
        assertThat(view.slots()).hasSize(9);
        assertThat(view.slots().get(8).name).isEqualTo("Sale k / ad 4");
        assertThat(view.slots().get(8).adSetNumber).isEqualTo(4);
        assertThat(view.get(JobColumn.STATUS)).isEqualTo("pending");
        assertThat(view.get(JobColumn.STRATEGY)).isEqualTo("FOR_ALL");
        assertThat(view.get(JobColumn.STARTED_AT)).isNull();
        assertThat(view.get(JobColumn.RETRY_BUDGET)).isEqualTo(2);
    }

    @Test
    void follows_a_job_to_completion() {
        var view = folded(job.completed());
        assertThat(view.get(JobColumn.STATUS)).isEqualTo("completed");
        assertThat(view.get(JobColumn.VERIFIED)).isEqualTo(true);
        assertThat(view.get(JobColumn.AD_SETS_CREATED)).isEqualTo(4);
        assertThat(view.get(JobColumn.ADS_CREATED)).isEqualTo(4);
        assertThat(view.get(JobColumn.FACEBOOK_AD_SETS)).isEqualTo(4);
        assertThat(view.get(JobColumn.FACEBOOK_CAMPAIGN_ID)).isEqualTo(view.slots().getFirst().facebookId);
        assertThat(view.get(JobColumn.STARTED_AT)).isEqualTo(T0.plusSeconds(2));
        assertThat(view.get(JobColumn.PRE_VERIFIED_AT)).isEqualTo(T0.plusSeconds(2));
        assertThat(view.get(JobColumn.CREATION_ENDED_AT)).isEqualTo(T0.plusSeconds(3));
        assertThat(view.get(JobColumn.VERIFIED_AT)).isEqualTo(T0.plusSeconds(4));
        assertThat(view.get(JobColumn.COMPLETED_AT)).isEqualTo(T0.plusSeconds(4));
        assertThat(view.get(JobColumn.HTTP_CALLS)).isEqualTo(2 + 7 + 3);
        assertThat(view.errorHistory()).isEmpty();
        agreesAllTheWay(job);
    }

    @Test
    void says_when_a_launch_begins_as_soon_as_it_can_be_told() {
        var local = ScriptedJob.accepted(ScriptedJob.request("u-1", "later", 2, RollbackPolicy.AUTOMATIC)
                .startingAt("2027-01-01T00:00:00"), T0);
        assertThat(folded(local).get(JobColumn.START_AT)).isNull();

        var view = folded(local.preVerified("Asia/Kolkata"));
        var midnightThere = Instant.parse("2026-12-31T18:30:00Z");
        assertThat(view.get(JobColumn.START_AT)).isEqualTo(midnightThere);
        assertThat(view.get(JobColumn.TIME_ZONE)).isEqualTo("Asia/Kolkata");
        assertThat(view.get(JobColumn.WAITING_UNTIL)).isEqualTo(midnightThere);
        assertThat(view.get(JobColumn.STATUS)).isEqualTo("pending");
        agreesAllTheWay(local);

        local.put(new JobCommand.RescheduleLaunch("2026-12-31T19:00:00Z", "boss", "earlier"));
        assertThat(folded(local).get(JobColumn.START_AT)).isEqualTo(Instant.parse("2026-12-31T19:00:00Z"));
        local.put(new JobCommand.RescheduleLaunch(null, "boss", "now"));
        assertThat(folded(local).get(JobColumn.START_AT)).isNull();
        assertThat(folded(local).get(JobColumn.WAITING_UNTIL)).isNull();
        agreesAllTheWay(local);
    }

    @Test
    void writes_a_refusal_down_with_every_check() {
        var view = folded(job.refusedBecauseSuspended());
        assertThat(view.get(JobColumn.STATUS)).isEqualTo("failed");
        assertThat((String) view.get(JobColumn.LAST_ERROR)).contains("the account is disabled");
        assertThat(view.newVerifications()).singleElement().satisfies(v -> {
            assertThat(v.canProceed()).isFalse();
            assertThat(v.accountAccessible()).isTrue();
            assertThat(v.accountSuspended()).isTrue();
            assertThat(v.duplicateCampaignExists()).isTrue();
            assertThat(v.atAccountLimit()).isNull();
            assertThat(v.tokenValid()).isTrue();
            assertThat(v.warnings().toString()).contains("another campaign has this name");
            assertThat(v.errors().toString()).contains("the account is disabled");
            assertThat(v.tookMs()).isEqualTo(350);
        });
        assertThat(view.errorHistory()).singleElement()
                .satisfies(entry -> assertThat(text(entry, "kind")).isEqualTo("PERMANENT"));
        agreesAllTheWay(job);
    }

    @Test
    void keeps_every_look_at_the_account_also_those_that_led_nowhere() {
        job.preVerification(VerificationOutcome.INCONCLUSIVE, NETWORK,
                new Check("account_accessible", Check.Outcome.NOT_REACHED, ""));
        var view = folded(job.waitEnds().preVerified());
        assertThat(view.newVerifications()).extracting(v -> v.outcome()).containsExactly("INCONCLUSIVE", "PASSED");
        assertThat(view.newVerifications().getFirst().accountAccessible()).isNull();
        assertThat(view.newVerifications().getFirst().errors().toString()).contains("the connection was cut");
        assertThat(view.get(JobColumn.RETRY_COUNT)).isEqualTo(1);
        agreesAllTheWay(job);
    }

    @Test
    void shows_the_retry_the_failed_slots_and_the_wait() {
        job.preVerified().created(id -> id.number() < 3, failed(EntityType.AD, NETWORK, 3, 4), RoundEnd.DONE);
        var view = folded(job);
        assertThat(view.get(JobColumn.RETRY_COUNT)).isEqualTo(1);
        assertThat(view.get(JobColumn.LAST_RETRY_AT)).isEqualTo(job.now());
        assertThat(view.get(JobColumn.WAITING_UNTIL)).isEqualTo(Objects.requireNonNull(job.state().waiting()).until());
        assertThat(view.slot(io.campaignlauncher.schemas.EntityType.AD, 3).error).isEqualTo("the connection was cut");
        assertThat(view.get(JobColumn.LAST_ERROR)).isEqualTo("the connection was cut");
        assertThat(view.errorHistory()).hasSize(2);
        assertThat(view.errorHistory().get(0).toString()).contains("\"entityType\":\"ad\"", "\"slots\":[3,4]");
        assertThat(view.get(JobColumn.ADS_CREATED)).isEqualTo(2);

        var again = folded(job.waitEnds());
        assertThat(again.get(JobColumn.WAITING_UNTIL)).isNull();
        assertThat(again.slot(io.campaignlauncher.schemas.EntityType.AD, 3).retryCount).isEqualTo(1);
        assertThat(again.slot(io.campaignlauncher.schemas.EntityType.AD, 1).retryCount).isZero();
        agreesAllTheWay(job.createdAll());
    }

    @Test
    void equal_errors_of_one_round_are_one_entry_that_says_how_often() {
        var once = new Fault(io.campaignlauncher.job.model.ErrorKind.PERMANENT, false, 100, 1885183, "no", "trace-1",
                null);
        var again = new Fault(io.campaignlauncher.job.model.ErrorKind.PERMANENT, false, 100, 1885183, "no", "trace-2",
                null);
        job.preVerified()
                .created(id -> id.number() < 2, failed(EntityType.AD, once, 2), RoundEnd.NOT_YET)
                .created(_ -> false, failed(EntityType.AD, again, 3, 4), RoundEnd.DONE);
        var view = folded(job);
        assertThat(view.errorHistory().valueStream().filter(entry -> text(entry, "event").equals("SlotsFailed")))
                .singleElement().satisfies(entry -> {
                    assertThat(entry.toString()).contains("\"slots\":[2,3,4]", "\"count\":3", "\"round\":1");
                    assertThat(text(entry, "fbtraceId")).isEqualTo("trace-1");
                });
    }

    @Test
    void frees_slots_that_a_round_ended_without_a_word_about() {
        job.preVerified().created(id -> id.number() == 1, List.of(), RoundEnd.INTERRUPTED);
        var view = folded(job);
        assertThat(view.slots()).filteredOn(slot -> slot.facebookId == null)
                .hasSize(6)
                .allSatisfy(slot -> assertThat(JobView.wireName(slot.status)).isEqualTo("pending"));
        agreesAllTheWay(job);
    }

    @Test
    void shows_a_rate_limit_as_a_wait_that_costs_no_retry() {
        job.preVerified().created(id -> id.number() < 3, failed(EntityType.AD_SET, LIMITED, 3), RoundEnd.RATE_LIMITED);
        var view = folded(job);
        assertThat(view.get(JobColumn.RETRY_COUNT)).isEqualTo(0);
        assertThat(view.get(JobColumn.WAITING_UNTIL)).isNotNull();
        assertThat(view.get(JobColumn.LAST_ERROR)).isEqualTo("too many calls (code 17/2446079)");
        agreesAllTheWay(job.waitEnds().createdAll().verified());
    }

    @Test
    void reopens_slots_whose_entity_does_not_exist_and_counts_what_facebook_has() {
        var gone = List.of(new SlotId(EntityType.AD, 2));
        job.preVerified().createdAll().verification(VerificationOutcome.REFUSED, gone, List.of());
        var view = folded(job);
        var slot = view.slot(io.campaignlauncher.schemas.EntityType.AD, 2);
        assertThat(slot.facebookId).isNull();
        assertThat(slot.error).contains("does not exist");
        assertThat(view.get(JobColumn.FACEBOOK_ADS)).isEqualTo(3);
        assertThat(view.get(JobColumn.ADS_CREATED)).isEqualTo(3);
        assertThat(Objects.requireNonNull(view.get(JobColumn.LAST_VERIFICATION)).toString())
                .contains("\"missing\":[{\"entityType\":\"ad\",\"slotNumber\":2}]");
        agreesAllTheWay(job.waitEnds().createdAll().verified());
    }

    @Test
    void adopts_what_a_look_found_without_taking_it_for_a_change_on_facebook() {
        var gone = new SlotId(EntityType.AD, 2);
        job.preVerified().createdAll();
        var changedAt = job.now();
        job.verification(VerificationOutcome.REFUSED, List.of(gone),
                List.of(new FoundEntity(gone, "777", "Sale k / ad 2")));
        var view = folded(job);
        var slot = view.slot(io.campaignlauncher.schemas.EntityType.AD, 2);
        assertThat(slot.facebookId).isEqualTo("777");
        assertThat(slot.adopted).isTrue();
        assertThat(view.get(JobColumn.ENTITIES_CHANGED_AT)).isEqualTo(changedAt);
        agreesAllTheWay(job);
    }

    @Test
    void follows_a_rollback_to_its_end_and_keeps_the_ids_of_what_is_gone() {
        job.preVerified().created(id -> id.number() < 3, failed(EntityType.AD_SET, SUSPENDED, 3), RoundEnd.DONE);
        var begun = folded(job);
        assertThat(begun.get(JobColumn.ROLLBACK_TRIGGERED)).isEqualTo(true);
        assertThat((String) begun.get(JobColumn.ROLLBACK_REASON)).contains("suspended");
        assertThat(begun.get(JobColumn.ROLLBACK_AT)).isEqualTo(job.now());

        var view = folded(job.deletedAll());
        assertThat(view.slots()).filteredOn(slot -> JobView.wireName(slot.status).equals("rolled_back"))
                .hasSize(5)
                .allSatisfy(slot -> assertThat(slot.facebookId).isNotNull());
        assertThat(view.get(JobColumn.ADS_CREATED)).isEqualTo(0);
        agreesAllTheWay(job);
    }

    @Test
    void notes_what_could_not_be_deleted() {
        job.preVerified().created(id -> id.number() < 3, failed(EntityType.AD_SET, SUSPENDED, 3), RoundEnd.DONE);
        var stays = job.existing().getLast();
        job.put(new JobCommand.RecordDeletion(
                new DeletionReport(1, List.of(), List.of(new UndeletedEntity(stays, NETWORK)),
                        RoundEnd.DONE, null, null, job.now(), 5, 4, Set.of())));
        var view = folded(job);
        assertThat(view.errorHistory().valueStream().map(entry -> text(entry, "event")))
                .containsExactly("SlotsFailed", "DeletionPassEnded", "RetryScheduled");
        agreesAllTheWay(job.waitEnds().deletedAll());
    }

    @Test
    void shows_as_there_what_was_called_deleted_and_is_found_again() {
        job.preVerified().created(id -> id.number() < 3, failed(EntityType.AD_SET, SUSPENDED, 3), RoundEnd.DONE);
        var all = job.existing();
        var campaign = List.of(all.getFirst());
        job.put(new JobCommand.RecordDeletion(
                new DeletionReport(1, all, List.of(), RoundEnd.DONE, null, null, job.now(), 5, 4, Set.of())))
                .waitEnds();
        assertThat(folded(job).slots()).noneMatch(slot -> JobView.wireName(slot.status).equals("created"));

        job.put(new JobCommand.RecordDeletion(new DeletionReport(2, campaign, List.of(), RoundEnd.DONE, null, null,
                job.now(), 1, 4, Set.of(campaign.getFirst().facebookId()))));
        assertThat(folded(job).slots()).filteredOn(slot -> JobView.wireName(slot.status).equals("created"))
                .extracting(slot -> slot.facebookId).containsExactly(campaign.getFirst().facebookId());
        agreesAllTheWay(job);
    }

    @Test
    void shows_a_rollback_that_waits_for_a_person_and_what_the_person_said() {
        for (var confirmed : List.of(true, false)) {
            var asked = ScriptedJob.accepted(ScriptedJob.request("u", "k" + confirmed, 4, RollbackPolicy.CONFIRM), T0)
                    .preVerified();
            asked.created(id -> id.number() < 3, failed(EntityType.AD_SET, SUSPENDED, 3), RoundEnd.DONE);
            var waiting = folded(asked);
            assertThat(waiting.get(JobColumn.AWAITING_CONFIRMATION)).isEqualTo(true);
            assertThat((String) waiting.get(JobColumn.ROLLBACK_PROPOSAL)).contains("suspended");
            assertThat(waiting.get(JobColumn.ROLLBACK_TRIGGERED)).isEqualTo(false);

            var answered = folded(asked.put(new JobCommand.DecideRollback(confirmed, "boss", "because")));
            assertThat(answered.get(JobColumn.AWAITING_CONFIRMATION)).isEqualTo(false);
            assertThat(answered.get(JobColumn.ROLLBACK_TRIGGERED)).isEqualTo(confirmed);
            assertThat(answered.get(JobColumn.STATUS)).isEqualTo(confirmed ? "in_progress" : "failed");
            assertThat(answered.get(JobColumn.ROLLBACK_CONFIRMED_BY)).isEqualTo(confirmed ? "boss" : null);
            agreesAllTheWay(asked);
        }
    }

    @Test
    void shows_a_limit_that_no_slot_has_met() {
        job.preVerified().created(id -> id.number() < 3, List.of(), RoundEnd.RATE_LIMITED);
        var view = folded(job);
        assertThat(view.get(JobColumn.LAST_ERROR)).isEqualTo("the account is limited");
        assertThat(view.get(JobColumn.WAITING_UNTIL)).isNotNull();
        assertThat(view.get(JobColumn.RETRY_COUNT)).isEqualTo(0);
        agreesAllTheWay(job);
    }

    @Test
    void keeps_a_bounded_number_of_errors_but_counts_them_all() {
        var view = folded(job);
        IntStream.range(0, ErrorHistory.ENTRIES_MAX + 5)
                .forEach(i -> ErrorHistory.add(view, T0, "RetryScheduled", ErrorKind.TEMPORARY, "error " + i));
        assertThat(view.errorHistory()).hasSize(ErrorHistory.ENTRIES_MAX);
        assertThat(text(view.errorHistory().get(0), "message")).isEqualTo("error 5");
        assertThat(view.get(JobColumn.ERROR_COUNT)).isEqualTo(ErrorHistory.ENTRIES_MAX + 5);
    }

    private static List<FailedSlot> failed(EntityType type, io.campaignlauncher.job.model.Fault fault, int... numbers) {
        return IntStream.of(numbers).mapToObj(number -> new FailedSlot(new SlotId(type, number), fault)).toList();
    }

    @Test
    void a_look_that_came_to_no_end_is_told_by_what_was_in_its_way_whatever_checks_had_failed() {
        job.preVerification(VerificationOutcome.INCONCLUSIVE, LIMITED,
                new Check("account_active", Check.Outcome.FAILED, "the account is disabled"));
        var view = JobView.unseen(job.jobId());
        job.facts().stream().takeWhile(event -> !event.type().equals("RateLimitReached"))
                .forEach(event -> fold(view, event));
        assertThat(view.get(JobColumn.LAST_ERROR)).isEqualTo(LIMITED.described());
        agreesAllTheWay(job);
    }

    private static JobView folded(ScriptedJob job) {
        var view = JobView.unseen(job.jobId());
        job.facts().forEach(fact -> fold(view, fact));
        return view;
    }

    private static void fold(JobView view, StoredEvent fact) {
        JobFold.apply(view, ENCODING.decode(fact.type(), fact.payload()), fact.at());
        view.countSlots();
    }

    /** After each event the rows say what the model's state says. */
    private static void agreesAllTheWay(ScriptedJob job) {
        var view = JobView.unseen(job.jobId());
        var recorded = RecordedJob.unseen(job.jobId());
        for (int i = 0; i < job.facts().size(); i++) {
            var fact = job.facts().get(i);
            fold(view, fact);
            recorded = recorded.after(job.history().get(i));
            assertThat(recorded.state().slots()).as(fact.type()).isEqualTo(job.states().get(i).slots());
            assertThat(recorded.state().counts()).as(fact.type()).isEqualTo(job.states().get(i).counts());
            agrees(view, job.states().get(i), fact.type());
            agrees(view, recorded);
        }
    }

    /** The history's fold says what the rows say. */
    private static void agrees(JobView view, RecordedJob job) {
        assertThat(view.get(JobColumn.LAST_ERROR)).as(job.type()).isEqualTo(job.standing().lastError());
        assertThat(view.get(JobColumn.STARTED_AT)).as(job.type()).isEqualTo(job.standing().times().startedAt());
        assertThat(view.get(JobColumn.COMPLETED_AT)).as(job.type()).isEqualTo(job.standing().times().completedAt());
        assertThat(view.get(JobColumn.ROLLBACK_AT)).as(job.type()).isEqualTo(job.standing().times().rollbackAt());
        assertThat(view.get(JobColumn.AWAITING_CONFIRMATION)).as(job.type())
                .isEqualTo(job.standing().awaitingConfirmation());
        assertThat(view.get(JobColumn.AD_SETS_CREATED)).as(job.type())
                .isEqualTo(job.state().created(io.campaignlauncher.job.model.EntityType.AD_SET));
        assertThat(view.get(JobColumn.ADS_CREATED)).as(job.type())
                .isEqualTo(job.state().created(io.campaignlauncher.job.model.EntityType.AD));
        var waiting = job.state().waiting();
        assertThat(view.get(JobColumn.WAITING_UNTIL)).as(job.type())
                .isEqualTo(waiting == null ? null : waiting.until());
    }

    private static void agrees(JobView view, JobState state, String event) {
        assertThat(view.get(JobColumn.STATUS)).as(event).isEqualTo(JobView.wireName(state.phase().status()));
        assertThat(view.get(JobColumn.RETRY_COUNT)).as(event).isEqualTo(state.counts().retries());
        assertThat(view.settled()).as(event).isEqualTo(state.phase().settled());
        assertThat(view.slots()).as(event).hasSize(state.slots().size());
        for (int i = 0; i < view.slots().size(); i++) {
            var slot = view.slots().get(i);
            var expected = state.slots().get(i);
            assertThat(slot.status).as("%s: %s %d", event, slot.type, slot.number).isEqualTo(expected.status());
            assertThat(slot.facebookId).as("%s: %s %d", event, slot.type, slot.number).isEqualTo(expected.facebookId());
        }
    }

    private static String text(JsonNode entry, String field) {
        return entry.get(field).stringValue();
    }
}
