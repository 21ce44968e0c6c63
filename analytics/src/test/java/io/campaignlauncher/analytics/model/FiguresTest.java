package io.campaignlauncher.analytics.model;

import static io.campaignlauncher.analytics.model.History.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.campaignlauncher.analytics.model.Counted.Status;
import io.campaignlauncher.analytics.model.Fact.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is counted of jobs that go every way there is. */
class FiguresTest {

    private final Figures figures = new Figures(Figures.Bounds.DEFAULT);

    @Test
    void counts_a_launch_that_goes_well() {
        figures.requested("a", START.minusMillis(40));
        History.accepted("a").completed().tell(figures);

        var tally = inAll();
        assertThat(tally.counts(Counted.JOBS_ACCEPTED)).containsExactly(entry("one_fifty_one", 1L));
        assertThat(tally.counts(Counted.JOBS_SETTLED)).containsExactly(entry("completed", 1L));
        assertThat(tally.counts(Counted.VERIFICATIONS)).containsExactly(entry("passed", 1L));
        assertThat(tally.durations(Stage.QUEUE).sum()).isEqualTo(Duration.ofMillis(40));
        assertThat(tally.durations(Stage.VERIFICATION).sum()).isEqualTo(Duration.ofMillis(300));
        assertThat(tally.durations(Stage.CREATION).sum()).isEqualTo(Duration.ofSeconds(1));
        assertThat(tally.durations(Stage.LOOK).sum()).isEqualTo(Duration.ofMillis(200));
        assertThat(tally.durations(Stage.LAUNCH).sum()).isEqualTo(Duration.ofSeconds(5));
        assertThat(tally.durations(Stage.ROLLBACK).count()).isZero();
        assertThat(Share.DISCREPANCIES.of(tally)).isZero();
        assertThat(Share.RETRY_SUCCESS.of(tally)).as("nothing was tried again").isNaN();
        assertThat(figures.at(START).underWay()).isZero();
    }

    @Test
    void a_launch_for_later_takes_its_time_from_when_it_begins() {
        History.accepted("a").then(new Fact.Scheduled(START.plusSeconds(3))).completed().tell(figures);
        assertThat(inAll().durations(Stage.LAUNCH).sum()).isEqualTo(Duration.ofSeconds(3));

        History.accepted("b").then(new Fact.Scheduled(START.plusSeconds(300))).then(new Fact.Rescheduled()).completed()
                .tell(figures);
        assertThat(inAll().durations(Stage.LAUNCH).sum()).isEqualTo(Duration.ofSeconds(3 + 5));
    }

    @Test
    void counts_a_refusal_with_every_check_that_failed() {
        History.accepted("a").refused("token_valid", "page_usable").tell(figures);
        History.accepted("b").refused("token_valid").tell(figures);
        History.accepted("c").completed().tell(figures);

        var tally = inAll();
        assertThat(tally.counts(Counted.REFUSALS)).containsExactly(entry("page_usable", 1L), entry("token_valid", 2L));
        assertThat(Share.VERIFICATIONS_PASSED.of(tally)).isEqualTo(1 / 3.0);
        assertThat(Share.VERIFICATIONS_FAILED.of(tally)).isEqualTo(2 / 3.0);
        assertThat(tally.sum(Counted.JOBS_EXHAUSTED)).as("a refusal uses up no retry").isZero();
        assertThat(tally.sum(Counted.JOBS_LOOKED_AT)).isEqualTo(1);
    }

    @Test
    void a_verification_that_is_asked_again_is_neither_passed_nor_refused() {
        History.accepted("a").then(new Fact.AccountChecked(Judgement.INCONCLUSIVE, List.of(), Duration.ofSeconds(1)))
                .retried(1, "no_answer").completed().tell(figures);

        var tally = inAll();
        assertThat(tally.count(Counted.VERIFICATIONS, "inconclusive")).isEqualTo(1);
        assertThat(Share.VERIFICATIONS_PASSED.of(tally)).isEqualTo(1);
    }

    @Test
    void counts_retries_by_reason_and_what_became_of_the_jobs_that_tried_again() {
        History.accepted("a").passed().round().retried(1, "no_answer").round().retried(2, "error_2").round()
                .looked(false).settled(Status.COMPLETED).tell(figures);
        History.accepted("b").passed().round().retried(1, "no_answer").then(new Fact.RefusedForGood("error_200"))
                .rollback().settled(Status.ROLLED_BACK).tell(figures);

        var tally = inAll();
        assertThat(tally.counts(Counted.RETRIES)).containsExactly(entry("error_2", 1L), entry("no_answer", 2L));
        assertThat(Share.RETRY_SUCCESS.of(tally)).isEqualTo(0.5);
        assertThat(Share.RETRIES_PER_RETRIED_JOB.of(tally)).isEqualTo(1.5);
        assertThat(Share.RETRIES_EXHAUSTED.of(tally)).isZero();
        assertThat(tally.durations(Stage.CREATION).sum()).as("from the first round to the last, waits included")
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void a_rollback_after_the_last_retry_was_for_want_of_retries() {
        exhausted("a").rollback().settled(Status.ROLLED_BACK).tell(figures);

        var tally = inAll();
        assertThat(Share.RETRIES_EXHAUSTED.of(tally)).isEqualTo(1);
        assertThat(tally.counts(Counted.ROLLBACKS)).containsExactly(entry("retries_used_up", 1L));
        assertThat(tally.durations(Stage.ROLLBACK).sum()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_rollback_because_somebody_cancelled_is_for_want_of_nothing() {
        exhausted("a").then(new Fact.Cancelled()).rollback().settled(Status.ROLLED_BACK).tell(figures);
        exhausted("b").then(new Fact.RollbackProposed()).then(new Fact.Cancelled()).rollback()
                .settled(Status.ROLLED_BACK).tell(figures);

        var tally = inAll();
        assertThat(tally.counts(Counted.ROLLBACKS)).containsExactly(entry("cancelled", 1L),
                entry("retries_used_up", 1L));
        assertThat(Share.RETRIES_EXHAUSTED.of(tally)).isEqualTo(0.5);
    }

    @Test
    void a_permanent_error_after_the_last_retry_is_no_want_of_retries() {
        exhausted("a").then(new Fact.RefusedForGood("error_368")).rollback().settled(Status.ROLLED_BACK).tell(figures);

        var tally = inAll();
        assertThat(Share.RETRIES_EXHAUSTED.of(tally)).isZero();
        assertThat(tally.counts(Counted.ROLLBACKS)).containsExactly(entry("error_368", 1L));
    }

    @Test
    void a_job_that_fails_without_a_rollback_may_have_used_up_its_retries() {
        exhausted("a").settled(Status.FAILED).tell(figures);

        assertThat(Share.RETRIES_EXHAUSTED.of(inAll())).isEqualTo(1);
        assertThat(Share.ROLLBACKS.of(inAll())).isZero();
    }

    @Test
    void a_rollback_that_leaves_something_has_failed_and_its_own_retries_are_counted_apart() {
        History.accepted("a").passed().round().then(new Fact.RefusedForGood("error_200")).rollback()
                .retried(0, "error_2").retried(0, "error_2").settled(Status.FAILED).tell(figures);
        History.accepted("b").passed().round().then(new Fact.RollbackProposed()).rollback()
                .settled(Status.ROLLED_BACK).tell(figures);
        History.accepted("c").passed().round().then(new Fact.RollbackProposed()).then(new Fact.RollbackDeclined())
                .settled(Status.FAILED).tell(figures);
        History.accepted("d").completed().tell(figures);

        var tally = inAll();
        assertThat(tally.sum(Counted.DELETION_RETRIES)).isEqualTo(2);
        assertThat(tally.sum(Counted.RETRIES)).isZero();
        assertThat(tally.counts(Counted.ROLLBACKS_ENDED)).containsExactly(entry("failed", 1L),
                entry("rolled_back", 1L));
        assertThat(Share.ROLLBACK_SUCCESS.of(tally)).isEqualTo(0.5);
        assertThat(Share.ROLLBACKS.of(tally)).isEqualTo(0.5);
        assertThat(tally.sum(Counted.ROLLBACKS_PROPOSED)).isEqualTo(2);
        assertThat(tally.sum(Counted.ROLLBACKS_DECLINED)).isEqualTo(1);
    }

    @Test
    void a_job_with_two_differences_has_one_discrepancy() {
        History.accepted("a").passed().round().looked(true).then(new Fact.EntitiesMissing(5)).looked(true)
                .then(new Fact.EntitiesMissing(1)).then(new Fact.EntitiesAdopted(2, true)).looked(false)
                .settled(Status.COMPLETED).tell(figures);
        History.accepted("b").completed().tell(figures);

        var tally = inAll();
        assertThat(Share.DISCREPANCIES.of(tally)).isEqualTo(0.5);
        assertThat(tally.sum(Counted.ENTITIES_MISSING)).isEqualTo(6);
        assertThat(tally.counts(Counted.ENTITIES_ADOPTED)).containsExactly(entry("verification", 2L));
    }

    @Test
    void a_retry_because_of_missing_entities_says_so() {
        History.accepted("a").passed().round().looked(true).then(new Fact.EntitiesMissing(5)).retried(1, "without_code")
                .round().retried(2, "without_code").tell(figures);

        assertThat(inAll().counts(Counted.RETRIES))
                .containsExactly(entry("entities_missing", 1L), entry("without_code", 1L));
    }

    @Test
    void a_duplicate_that_is_named_in_two_passes_is_one() {
        History.accepted("a").passed().round().looked(true).surplus("1", "2").surplus("2")
                .then(new Fact.DuplicatesRemoved(2)).looked(false).settled(Status.COMPLETED).tell(figures);

        assertThat(inAll().sum(Counted.DUPLICATES_FOUND)).isEqualTo(2);
        assertThat(inAll().sum(Counted.DUPLICATES_REMOVED)).isEqualTo(2);
    }

    @Test
    void repeated_events_change_nothing_even_after_the_end() {
        var history = History.accepted("a").passed().round().looked(true).then(new Fact.EntitiesMissing(5))
                .retried(1, "no_answer").round().looked(false).settled(Status.COMPLETED);
        figures.requested("a", START.minusSeconds(1));
        history.tell(figures);
        var once = line(figures);

        history.tell(figures);
        history.tell(figures, 4);
        figures.requested("a", START.minusSeconds(1));

        assertThat(line(figures)).isEqualTo(once);
        assertThat(figures.at(START).repeated()).isEqualTo(2L * history.length() - 4);
    }

    @Test
    void a_part_that_is_told_twice_while_the_job_is_under_way_counts_once() {
        var half = History.accepted("a").passed().round().retried(1, "no_answer");
        half.tell(figures);
        half.tell(figures, 1);
        half.round().looked(false).settled(Status.COMPLETED).tell(figures, 2);

        assertThat(inAll().sum(Counted.RETRIES)).isEqualTo(1);
        assertThat(inAll().sum(Counted.JOBS_SETTLED)).isEqualTo(1);
        assertThat(inAll().sum(Counted.VERIFICATIONS)).isEqualTo(1);
    }

    @Test
    void the_queue_time_is_known_whichever_topic_is_read_first() {
        figures.requested("first", START.minusSeconds(1));
        History.accepted("first").completed().tell(figures);
        History.accepted("between").tell(figures);
        figures.requested("between", START.minusSeconds(2));
        History.accepted("last").completed().tell(figures);
        figures.requested("last", START.minusSeconds(3));
        figures.requested("last", START.plusSeconds(9));

        assertThat(inAll().durations(Stage.QUEUE).count()).isEqualTo(3);
        assertThat(inAll().durations(Stage.QUEUE).sum()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void a_job_whose_beginning_is_too_old_to_be_read_counts_for_what_is_known() {
        var history = exhausted("a").rollback().settled(Status.ROLLED_BACK);
        history.tell(figures, 3);

        var tally = inAll();
        assertThat(tally.sum(Counted.JOBS_ACCEPTED)).isZero();
        assertThat(tally.counts(Counted.JOBS_SETTLED)).containsExactly(entry("rolled_back", 1L));
        assertThat(Share.ROLLBACKS.of(tally)).isEqualTo(1);
        assertThat(tally.sum(Counted.JOBS_EXHAUSTED)).as("its budget is not known").isZero();
        assertThat(tally.durations(Stage.LAUNCH).count()).isZero();
    }

    @Test
    void remembers_no_more_than_it_may() {
        var small = new Figures(new Figures.Bounds(3, 3, 3));
        IntStream.range(0, 10).forEach(i -> small.requested("r" + i, START));
        IntStream.range(0, 10).forEach(i -> History.accepted("u" + i).tell(small));
        IntStream.range(0, 10).forEach(i -> History.accepted("s" + i).completed().tell(small));
        assertThat(small.at(START).underWay()).isEqualTo(2);

        History.accepted("s9").completed().tell(small);
        assertThat(small.at(START).inAll().sum(Counted.JOBS_SETTLED)).as("the latest is still known").isEqualTo(10);
    }

    @Test
    void bounds_the_labels_of_a_count() {
        var history = History.accepted("a").passed();
        for (var i = 1; i <= 100; i++) {
            history.retried(i, "error_" + i);
        }
        history.tell(figures);

        assertThat(inAll().counts(Counted.RETRIES)).hasSize(Tally.LABELS_MAX + 1).containsKey(Counted.OTHER);
        assertThat(inAll().sum(Counted.RETRIES)).isEqualTo(100);
    }

    @Test
    void what_came_since_it_is_live_is_counted_apart() {
        History.accepted("a").completed().tell(figures);
        assertThat(figures.at(START).live()).isNull();
        figures.live();
        History.accepted("b").refused("token_valid").tell(figures);

        assertThat(figures.at(START).live()).isNotNull().satisfies(live -> {
            assertThat(live.counts(Counted.JOBS_SETTLED)).containsExactly(entry("failed", 1L));
        });
        assertThat(inAll().sum(Counted.JOBS_SETTLED)).isEqualTo(2);
    }

    private static History exhausted(String jobId) {
        var history = History.accepted(jobId).passed().round();
        for (var retry = 1; retry <= 5; retry++) {
            history.retried(retry, "no_answer").round();
        }
        return history;
    }

    private Tally inAll() {
        return figures.at(START).inAll();
    }

    /** Everything that was counted, as text. */
    private static String line(Figures figures) {
        var now = figures.at(START.plusSeconds(30));
        var text = new StringBuilder();
        for (var counted : Counted.values()) {
            text.append(counted).append(now.inAll().counts(counted)).append(now.of(Span.HOUR).counts(counted));
        }
        for (var stage : Stage.values()) {
            text.append(stage).append(now.inAll().durations(stage).count())
                    .append(now.inAll().durations(stage).sum());
        }
        return text.toString();
    }
}
