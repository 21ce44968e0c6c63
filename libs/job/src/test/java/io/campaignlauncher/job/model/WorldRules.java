package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds of any history of a job, whatever the world does to it. */
final class WorldRules {

    private final WorldFacebook facebook;
    private final List<JobEvent> history = new ArrayList<>();
    /** The live state after so many events. */
    private final List<Integer> lengths = new ArrayList<>();
    private final List<JobState> states = new ArrayList<>();

    WorldRules(WorldFacebook facebook) {
        this.facebook = facebook;
    }

    List<JobEvent> history() {
        return history;
    }

    Set<String> entitiesEverRecorded() {
        return history.stream()
                .flatMap(event -> event instanceof JobEvent.SlotsCreated e ? e.slots().stream() : Stream.empty())
                .map(CreatedSlot::facebookId)
                .collect(Collectors.toSet());
    }

    void before(JobEvent event, JobState state, Instant now) {
        assertThat(state.phase().settled()).as("%s after the end", event).isFalse();
        if (event instanceof JobEvent.CreationRequested e) {
            assertThat(e.slots()).isNotEmpty().doesNotHaveDuplicates();
            assertThat(e.slots()).allSatisfy(id -> {
                assertThat(state.slot(id)).as("%s was allotted", id).isNotNull();
                assertThat(state.slot(id).filled()).as("%s is filled and requested again", id).isFalse();
            });
            assertThat(state.anyOutcomeUnknown() && state.settledAt().isAfter(now)).as("%s in doubt", e).isFalse();
            notTooEarly(e, now);
            assertThat(state.terms().media()).as("known of a video before anything is created")
                    .allMatch(file -> file.thumbnailUrl() != null);
            var mayExist = facebook.anythingOnItsWay() || e.slots().stream().anyMatch(facebook::mayHold);
            assertThat(e.readFirst() || !mayExist).as("%s although something of it may exist", e).isTrue();
        }
        if (history.stream().anyMatch(JobEvent.JobCancelled.class::isInstance)) {
            assertThat(event).as("after it was cancelled").isNotInstanceOfAny(JobEvent.CreationRequested.class,
                    JobEvent.JobCompleted.class, JobEvent.JobCancelled.class);
        }
        if (event instanceof JobEvent.RetryScheduled e && state.phase() != Phase.ROLLING_BACK) {
            assertThat(e.retryCount()).isEqualTo(state.counts().retries() + 1)
                    .isLessThanOrEqualTo(state.terms().retryBudget());
        }
        if (event instanceof JobEvent.DeletionRequested e && e.reason() == DeletionReason.SURPLUS) {
            var held = state.slotsWhere(Slot::filled).stream().map(id -> state.slot(id).facebookId()).toList();
            assertThat(e.surplus()).isNotEmpty().noneMatch(entity -> held.contains(entity.facebookId()));
        }
    }

    private void notTooEarly(JobEvent.CreationRequested first, Instant now) {
        if (first.round() > 1) {
            return;
        }
        assertThat(history.getLast()).as("what precedes the begin")
                .isInstanceOf(JobEvent.PreVerificationCompleted.class);
        String startAt = null;
        for (var event : history) {
            startAt = switch (event) {
                case JobEvent.JobAccepted e -> e.request().startAt();
                case JobEvent.LaunchRescheduled e -> e.startAt();
                default -> startAt;
            };
        }
        var start = WorldStart.instant(startAt);
        assertThat(start == null || !now.isBefore(start)).as("begins at %s, before %s", now, startAt).isTrue();
    }

    void after(JobEvent event, JobState state) {
        history.add(event);
        assertThat(state.waiting() == null || state.awaited() == Awaited.NOTHING)
                .as("waits for a time or for an answer, never for both: %s", state).isTrue();
        if (state.phase() != Phase.ABSENT) {
            assertThat(state.slots()).hasSize(state.plan().slots().size());
            var held = state.slotsWhere(Slot::filled).stream().map(id -> state.slot(id).facebookId()).toList();
            assertThat(held).doesNotContainNull().doesNotHaveDuplicates();
        }
    }

    void remember(JobState state) {
        lengths.add(history.size());
        states.add(state);
        if (state.phase() != Phase.ABSENT && !state.phase().settled()) {
            assertThat(state.waiting() != null || state.awaited() != Awaited.NOTHING)
                    .as("the job waits for something, or it would stand still: %s", state).isTrue();
        }
    }

    /** Nothing is under way any more. */
    void atTheEnd(JobState state) {
        assertThat(state.phase().settled()).as("the job has ended").isTrue();
        assertThat(history.stream().filter(JobEvent.Ending.class::isInstance)).as("endings").hasSize(1);
        assertThat(facebook.anythingOnItsWay()).isFalse();
        replayed();
        var left = facebook.all().stream().map(WorldFacebook.Thing::id).toList();
        switch (history.getLast()) {
            case JobEvent.JobCompleted e -> {
                var ids = state.slots().stream().map(Slot::facebookId).toList();
                assertThat(state.slots()).allMatch(Slot::filled);
                assertThat(new HashSet<>(ids)).hasSize(1 + e.adSets() + e.ads());
                assertThat(left).as("what exists on Facebook").containsExactlyInAnyOrderElementsOf(ids);
            }
            case JobEvent.JobRolledBack _ -> assertThat(left).as("what exists on Facebook").isEmpty();
            case JobEvent.JobFailed e -> {
                assertThat(e.nothingCreated())
                        .isEqualTo(history.stream().noneMatch(JobEvent.CreationRequested.class::isInstance));
                if (e.nothingCreated()) {
                    assertThat(left).isEmpty();
                }
                if (history.stream().anyMatch(JobEvent.JobCancelled.class::isInstance)) {
                    assertThat(e.reasons().getFirst()).as("why a cancelled job leaves something")
                            .containsAnyOf("declined", "in part only");
                }
                assertThat(e.reasons()).isNotEmpty();
                assertThat(state.slotsWhere(slot -> slot.status() == SlotStatus.ROLLED_BACK))
                        .as("slots whose entity is said to be gone").noneMatch(
                                id -> left.contains(state.slot(id).facebookId()));
            }
            default -> throw new AssertionError("an event follows the end: " + history.getLast());
        }
    }

    private void replayed() {
        var state = Job.initialState();
        int applied = 0;
        for (int index = 0; index < lengths.size(); index++) {
            for (; applied < lengths.get(index); applied++) {
                state = Job.evolve(state, history.get(applied));
            }
            assertThat(state).as("replay of the first %s events", applied).isEqualTo(states.get(index));
        }
    }
}
