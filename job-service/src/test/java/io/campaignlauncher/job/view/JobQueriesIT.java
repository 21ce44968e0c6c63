package io.campaignlauncher.job.view;

import static io.campaignlauncher.readmodel.ScriptedJob.LIMITED;
import static io.campaignlauncher.readmodel.ScriptedJob.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.job.view.FindsStalledJobs.StalledJob;
import io.campaignlauncher.job.view.JobPage.Place;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobQueriesIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static ReadModelUnderTest model;
    private static JobQueries queries;

    @BeforeAll
    static void startDatabase() {
        model = new ReadModelUnderTest(TestInfrastructure.database("queries"));
        queries = model.queries();
    }

    @BeforeEach
    void clear() {
        model.clear();
    }

    @Test
    void finds_jobs_that_nothing_was_heard_of_the_quietest_first() {
        var waitsForWorker = ScriptedJob.accepted("u", "worker", 2, T0.plusSeconds(60)).preVerified();
        var waitsForVerifier = ScriptedJob.accepted("u", "verifier", 2, T0);
        var lively = ScriptedJob.accepted("u", "lively", 2, T0).later(Duration.ofHours(2)).preVerified();
        model.apply(waitsForWorker, waitsForVerifier, lively, ScriptedJob.accepted("u", "done", 2, T0).completed());
        assertThat(stalledSince(T0.plus(Duration.ofHours(1)))).containsExactly(
                new StalledJob(waitsForVerifier.jobId(), waitsForVerifier.now()),
                new StalledJob(waitsForWorker.jobId(), waitsForWorker.now()));
        assertThat(queries.quietestSince(T0.plus(Duration.ofHours(1)))).contains(waitsForVerifier.now());
    }

    @Test
    void leaves_those_in_peace_that_wait_for_a_person_or_for_a_later_time() {
        var limit = new FailedSlot(new SlotId(EntityType.AD, 1), LIMITED);
        var limited = ScriptedJob.accepted("u", "limited", 2, T0).preVerified();
        limited.created(_ -> true, List.of(limit), RoundEnd.RATE_LIMITED);
        var asked = ScriptedJob.accepted(ScriptedJob.request("u", "asked", 2, RollbackPolicy.CONFIRM), T0)
                .preVerified();
        asked.created(_ -> true, List.of(new FailedSlot(limit.id(), SUSPENDED)), RoundEnd.DONE);
        model.apply(limited, asked);
        var until = java.util.Objects.requireNonNull(limited.state().waiting()).until();
        assertThat(stalledSince(until)).isEmpty();
        assertThat(stalledSince(until.plusMillis(1))).extracting(StalledJob::jobId)
                .containsExactly(limited.jobId());
        assertThat(queries.quietestSince(until)).isEmpty();
        assertThat(queries.quietestSince(until.plusMillis(1))).as("it is quiet since its wait is over")
                .contains(until);
    }

    @Test
    void pages_through_stalled_jobs_without_a_gap_or_a_repetition() {
        var jobs = new ArrayList<UUID>();
        for (int i = 0; i < 7; i++) {
            var job = ScriptedJob.accepted("u", "stalled" + i, 1, T0.plusSeconds(i / 3));
            model.apply(job);
            jobs.add(job.jobId());
        }
        var time = T0.plus(Duration.ofHours(1));
        var seen = new ArrayList<StalledJob>();
        for (var page = queries.stalledSince(time, StalledJob.NONE, 2); !page.isEmpty(); page = queries
                .stalledSince(time, page.getLast(), 2)) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            seen.addAll(page);
        }
        assertThat(seen).extracting(StalledJob::jobId).containsExactlyInAnyOrderElementsOf(jobs);
        assertThat(seen).extracting(StalledJob::lastEventAt).isSorted();
    }

    private static List<StalledJob> stalledSince(Instant time) {
        return queries.stalledSince(time, StalledJob.NONE, 100);
    }

    @Test
    void pages_through_jobs_without_a_gap_or_a_repetition() {
        for (int i = 0; i < 7; i++) {
            model.apply(ScriptedJob.accepted("u" + i % 2, "k" + i, 1, T0));
        }
        var seen = new ArrayList<Long>();
        var pages = new ArrayList<JobPage>();
        for (var place = Place.FIRST; place != null; place = next(pages.getLast())) {
            pages.add(queries.jobs(Visibility.everything(), JobFilter.NONE, place, 2));
            pages.getLast().jobs().forEach(job -> seen.add(job.number()));
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(list("u1")).hasSize(3).allMatch(job -> job.userId().equals("u1"));
        assertThat(list("u1", "completed")).isEmpty();
        for (int i = pages.size() - 1; i > 0; i--) {
            var back = Place.before(Objects.requireNonNull(pages.get(i).previous()));
            assertThat(queries.jobs(Visibility.everything(), JobFilter.NONE, back, 2).jobs()).as("before page " + i)
                    .isEqualTo(pages.get(i - 1).jobs());
        }
        assertThat(pages.getFirst().previous()).isNull();
        assertThat(queries.jobs(Visibility.everything(), JobFilter.NONE, Place.before(0), 50).previous()).isNull();
    }

    @Test
    void takes_facebooks_word_over_the_slots_until_something_changes() {
        var job = ScriptedJob.accepted("u", "k", 3, T0).preVerified().createdAll();
        model.apply(job);
        var unseen = queries.idempotency(job.jobId(), Visibility.everything()).orElseThrow().answer();
        assertThat(unseen.facebook()).isNull();
        assertThat(unseen.actual()).isEqualTo(new EntityCounts(1, 3, 3));
        assertThat(unseen.atLimit()).isTrue();

        job.verification(VerificationOutcome.REFUSED, List.of(new SlotId(EntityType.AD, 2)), List.of());
        model.apply(job);
        var looked = queries.idempotency(job.jobId(), Visibility.everything()).orElseThrow().answer();
        assertThat(looked.facebook()).isEqualTo(new EntityCounts(1, 3, 2));
        assertThat(looked.actual()).isEqualTo(new EntityCounts(1, 3, 2));
        assertThat(looked.remaining()).isEqualTo(new EntityCounts(0, 0, 1));
        assertThat(looked.canCreateMore()).isTrue();

        job.waitEnds().createdAll();
        model.apply(job);
        var changed = queries.idempotency(job.jobId(), Visibility.everything()).orElseThrow().answer();
        assertThat(changed.facebook()).isEqualTo(new EntityCounts(1, 3, 2));
        assertThat(changed.actual()).isEqualTo(new EntityCounts(1, 3, 3));
        assertThat(changed.canCreateMore()).isFalse();
    }

    @Test
    void tells_when_there_is_more_than_was_asked_for() {
        var three = new EntityCounts(1, 3, 3);
        var figures = IdempotencyFigures.of(three, three, new EntityCounts(1, 4, 3), T0, null, true);
        assertThat(figures.exceededLimit()).isTrue();
        assertThat(figures.atLimit()).isTrue();
        assertThat(figures.remaining()).isEqualTo(EntityCounts.NONE);
    }

    @Test
    void knows_nothing_of_jobs_that_are_not_there() {
        var nobody = UUID.randomUUID();
        assertThat(queries.job(nobody, Visibility.everything())).isEmpty();
        assertThat(queries.slots(nobody, Visibility.everything())).isEmpty();
        assertThat(queries.idempotency(nobody, Visibility.everything())).isEmpty();
        assertThat(queries.verifications(nobody, Visibility.everything())).isEmpty();
        assertThat(queries.rollback(nobody, Visibility.everything())).isEmpty();
        assertThat(queries.request(nobody, Visibility.everything())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void knows_nothing_of_jobs_that_may_not_be_seen(boolean inTables) {
        var job = ScriptedJob.accepted(ScriptedJob.request("u", "anns", 2, RollbackPolicy.AUTOMATIC)
                .ownedBy(new Ownership("acme", "ann")), T0).completed();
        model.store(job);
        if (inTables) {
            model.apply(job);
        }
        for (var foreign : List.of(new Visibility("other", null), new Visibility("other", "ann"),
                new Visibility("acme", "bob"), new Visibility("local", null))) {
            assertThat(queries.job(job.jobId(), foreign)).isEmpty();
            assertThat(queries.slots(job.jobId(), foreign)).isEmpty();
            assertThat(queries.idempotency(job.jobId(), foreign)).isEmpty();
            assertThat(queries.verifications(job.jobId(), foreign)).isEmpty();
            assertThat(queries.rollback(job.jobId(), foreign)).isEmpty();
            assertThat(queries.request(job.jobId(), foreign)).isEmpty();
            assertThat(queries.jobs(foreign, JobFilter.NONE, Place.FIRST, 10).jobs()).isEmpty();
        }
        for (var own : List.of(new Visibility("acme", null), new Visibility("acme", "ann"), Visibility.everything())) {
            assertThat(queries.job(job.jobId(), own)).isPresent();
            assertThat(queries.request(job.jobId(), own)).isPresent();
            assertThat(queries.jobs(own, JobFilter.NONE, Place.FIRST, 10).jobs()).hasSize(1);
        }
    }

    @Test
    void counts_the_launches_whose_next_step_a_switch_holds_up() {
        var toCreate = ScriptedJob.accepted("u", "create", 2, T0).preVerified();
        var toCheck = ScriptedJob.accepted("u", "check", 2, T0);
        var toDelete = ScriptedJob.accepted("u", "delete", 2, T0).preVerified().suspendedHalfWay();
        var done = ScriptedJob.accepted("u", "done", 2, T0).completed();
        var annsToCreate = ScriptedJob.accepted(ScriptedJob.request("u", "anns", 2, RollbackPolicy.AUTOMATIC)
                .ownedBy(new Ownership("acme", "ann")), T0).preVerified();
        for (var job : List.of(toCreate, toCheck, toDelete, done, annsToCreate)) {
            model.store(job);
            model.apply(job);
        }

        assertThat(queries.heldBy(KillSwitch.CREATION, T0, Visibility.everything())).isEqualTo(2);
        assertThat(queries.heldBy(KillSwitch.ROLLBACK, T0, Visibility.everything())).isEqualTo(1);
        assertThat(queries.heldBy(KillSwitch.CREATION, T0, new Visibility("acme", null))).isEqualTo(1);
        assertThat(queries.heldBy(KillSwitch.CREATION, T0, new Visibility("acme", "bob"))).isZero();
        assertThat(queries.heldBy(KillSwitch.INTAKE, null, Visibility.everything())).isZero();
    }

    /** Whether the tables have nothing of the job, half of it or all but the end: the answers are the same. */
    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 3, 5, Integer.MAX_VALUE })
    void answers_with_what_the_event_store_has_beyond_the_tables(int inTables) {
        var job = ScriptedJob.accepted("u", "late", 3, T0).preVerified().createdAll();
        job.verification(VerificationOutcome.REFUSED, List.of(new SlotId(EntityType.AD, 2)), List.of());
        job.waitEnds().createdAll().completed();
        var facts = job.facts();
        model.apply(facts.subList(0, Math.min(inTables, facts.size())));
        model.store(job);

        var details = queries.job(job.jobId(), Visibility.everything()).orElseThrow();
        assertThat(details.status()).isEqualTo("completed");
        assertThat(details.version()).isEqualTo(facts.size() - 1);
        assertThat(details.created()).isEqualTo(new JobDetails.Count(3, 3));
        assertThat(details.number() == null).as("only the tables give a number").isEqualTo(inTables == 0);
        assertThat(queries.slots(job.jobId(), Visibility.everything()).orElseThrow()).satisfies(slots -> {
            assertThat(slots.version()).isEqualTo(details.version());
            assertThat(slots.answer()).hasSize(7).allMatch(slot -> slot.status().equals("created"));
        });
        assertThat(queries.verifications(job.jobId(), Visibility.everything()).orElseThrow().answer().preCreation())
                .hasSize(1);
        assertThat(queries.verifications(job.jobId(), Visibility.everything()).orElseThrow().answer().postCreation())
                .isNotNull();
        assertThat(queries.idempotency(job.jobId(), Visibility.everything()).orElseThrow().answer().tracked())
                .isEqualTo(new EntityCounts(1, 3, 3));
        assertThat(queries.rollback(job.jobId(), Visibility.everything()).orElseThrow().answer().slots()).hasSize(7);
        assertThat(queries.request(job.jobId(), Visibility.everything()).orElseThrow().status()).isEqualTo("completed");
    }

    @Test
    void lists_jobs_under_the_status_that_they_have_and_not_under_that_of_their_rows() {
        var settled = ScriptedJob.accepted("u", "settled", 2, T0).preVerified();
        var running = ScriptedJob.accepted("u", "running", 2, T0).preVerified();
        var ofSomebodyElse = ScriptedJob.accepted("v", "other", 2, T0).preVerified();
        model.apply(settled, running, ofSomebodyElse);
        model.store(List.of(settled.createdAll().completed(), running, ofSomebodyElse.createdAll().completed()));

        assertThat(list("u", "completed")).extracting(JobDetails::jobId)
                .containsExactly(settled.jobId());
        assertThat(list("u", "in_progress")).extracting(JobDetails::jobId)
                .containsExactly(running.jobId());
        assertThat(list("u")).extracting(JobDetails::jobId)
                .containsExactly(running.jobId(), settled.jobId());
        var completed = JobFilter.NONE.standing(Set.of("completed"));
        var first = queries.jobs(Visibility.everything(), completed, Place.FIRST, 1);
        assertThat(first.jobs()).extracting(JobDetails::jobId).containsExactly(ofSomebodyElse.jobId());
        assertThat(queries.jobs(Visibility.everything(), completed, Objects.requireNonNull(next(first)), 1).jobs())
                .extracting(JobDetails::jobId).containsExactly(settled.jobId());
    }

    @Test
    void a_page_that_has_lost_jobs_to_their_later_events_leaves_none_out() {
        var jobs = new ArrayList<ScriptedJob>();
        for (int i = 0; i < 6; i++) {
            jobs.add(ScriptedJob.accepted("u", "k" + i, 1, T0).preVerified());
            model.apply(jobs.get(i));
        }
        jobs.get(4).createdAll().completed();
        jobs.get(5).createdAll().completed();
        model.store(jobs);
        var running = JobFilter.NONE.standing(Set.of("in_progress"));

        var seen = new ArrayList<UUID>();
        for (var place = Place.FIRST; place != null;) {
            var page = queries.jobs(Visibility.everything(), running, place, 2);
            page.jobs().forEach(job -> seen.add(job.jobId()));
            place = next(page);
        }

        assertThat(seen).containsExactly(jobs.get(3).jobId(), jobs.get(2).jobId(), jobs.get(1).jobId(),
                jobs.get(0).jobId());
    }

    /** Whether the tables have nothing of the job, its first event or all but the end: what it has become counts. */
    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 3, Integer.MAX_VALUE })
    void finds_jobs_by_what_the_event_store_has_beyond_the_tables(int inTables) {
        var limit = new FailedSlot(new SlotId(EntityType.AD, 1), LIMITED);
        var job = ScriptedJob.accepted("u", "late", 2, T0).preVerified();
        job.created(_ -> true, List.of(limit), RoundEnd.RATE_LIMITED);
        var facts = job.facts();
        model.apply(facts.subList(0, Math.min(inTables, facts.size())));
        model.store(job);
        var other = ScriptedJob.accepted("v", "other", 1, T0.minusSeconds(60));
        model.apply(other);
        model.store(other);
        var adSet = queries.slots(job.jobId(), Visibility.everything()).orElseThrow().answer().get(1).facebookId();

        for (var filter : List.of(JobFilter.NONE.ofUser("u"), JobFilter.NONE.named("sALE LA"),
                JobFilter.NONE.askedForAs("late"), JobFilter.NONE.standing(Set.of("in_progress", "failed")),
                JobFilter.NONE.thatMade(Objects.requireNonNull(adSet)),
                JobFilter.NONE.thatMet(new ErrorCode(17, null)), JobFilter.NONE.thatMet(new ErrorCode(17, 2446079)),
                JobFilter.NONE.since(T0), JobFilter.NONE.onAccount("act_1001").withCredential("default")
                        .since(T0).before(T0.plus(Duration.ofHours(1))).thatMet(new ErrorCode(17, null)))) {
            assertThat(queries.jobs(Visibility.everything(), filter, Place.FIRST, 10).jobs()).as(filter.sql())
                    .extracting(JobDetails::jobId).containsExactly(job.jobId());
        }
        for (var filter : List.of(JobFilter.NONE.thatMet(new ErrorCode(17, 1)), JobFilter.NONE.named("ale"),
                JobFilter.NONE.thatMade("1"), JobFilter.NONE.ofUser("u").standing(Set.of("pending")))) {
            assertThat(queries.jobs(Visibility.everything(), filter, Place.FIRST, 10).jobs()).as(filter.sql())
                    .isEmpty();
        }
    }

    private static List<JobDetails> list(String userId, String... statuses) {
        var filter = JobFilter.NONE.ofUser(userId);
        return queries.jobs(Visibility.everything(), statuses.length == 0 ? filter : filter.standing(Set.of(statuses)),
                Place.FIRST, 10).jobs();
    }

    private static @Nullable Place next(JobPage page) {
        return page.next() == null ? null : Place.after(page.next());
    }
}
