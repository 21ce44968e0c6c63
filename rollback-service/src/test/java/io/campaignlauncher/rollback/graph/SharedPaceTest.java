package io.campaignlauncher.rollback.graph;

import static io.campaignlauncher.rollback.graph.FakeFacebook.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.pace.AccountPace;
import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.pace.OwnPaces;
import io.campaignlauncher.pace.PaceTime;
import io.campaignlauncher.schemas.DeletionReason;
import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.worker.FactReporter;
import io.campaignlauncher.worker.calls.JobCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** How rollbacks share an ad account with each other and with creations. */
class SharedPaceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ACCOUNT = "act_1";
    private static final Duration LONG = Duration.ofMinutes(10);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Clock clock = ((InstantSource) () -> NOW.plusNanos(time.now(TimeUnit.NANOSECONDS)))
            .withZone(ZoneOffset.UTC);
    private final FakeFacebook facebook = new FakeFacebook(time);
    private final AccountPaces paces = new OwnPaces(clock, 100);
    private final List<DeletionReported> reports = new ArrayList<>();
    private final List<Duration> created = new ArrayList<>();

    @Test
    void rollbacks_of_one_account_together_never_delete_more_than_the_cap_in_any_rolling_second() {
        begin(surplus(1_000, 170), paces, 100);
        begin(surplus(2_000, 170), paces, 100);
        pass(Duration.ofMillis(700));
        begin(surplus(3_000, 60), paces, 100);
        pass(Duration.ofSeconds(20));

        assertThat(facebook.existing()).isEmpty();
        assertThat(reports).hasSize(3).allMatch(report -> report.getEnd() == RoundEnd.DONE);
        assertThat(mostInASecond()).isLessThanOrEqualTo(100).isGreaterThan(50);
    }

    @Test
    void a_rollback_beside_creations_stays_within_what_they_leave() {
        for (var second = 0; second < 8; second++) {
            create(70);
            begin(surplus(1_000 * (second + 1), 60), paces, 100);
            pass(Duration.ofSeconds(1));
        }
        pass(Duration.ofSeconds(30));

        assertThat(facebook.existing()).isEmpty();
        assertThat(mostInASecond()).isLessThanOrEqualTo(100);
    }

    @Test
    void deletes_in_batches_no_larger_than_the_pace() {
        begin(surplus(1_000, 7), new OwnPaces(clock, 3), 3);
        pass(Duration.ofSeconds(20));

        assertThat(facebook.deletions).extracting(List::size).containsExactly(3, 3, 1);
        assertThat(mostInASecond()).isLessThanOrEqualTo(3);
    }

    @Test
    void sends_at_any_time_where_accounts_are_not_paced() {
        begin(surplus(1_000, 330), new OwnPaces(clock, 0), 0);

        assertThat(facebook.existing()).isEmpty();
        assertThat(mostInASecond()).isEqualTo(330);
    }

    @Test
    void neither_looks_nor_deletes_on_an_account_that_is_left_alone() {
        paces.pause(ACCOUNT, Duration.ofSeconds(40)).block();

        begin(surplus(1_000, 5), paces, 100);

        assertThat(facebook.requests).isZero();
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
            assertThat(report.getResumeAt()).isEqualTo(NOW.plusSeconds(40));
            assertThat(report.getFault().getKind()).isEqualTo(ErrorKind.RATE_LIMIT);
            assertThat(report.getLookedAt()).isNull();
        });

        pass(Duration.ofSeconds(40));
        begin(surplus(2_000, 5), paces, 100);
        assertThat(reports.getLast().getEnd()).isEqualTo(RoundEnd.DONE);
    }

    @Test
    void a_limit_met_by_a_deletion_is_known_to_all() {
        facebook.trouble = op -> op.method() == Method.DELETE ? failure(Kind.RATE_LIMIT, 17, null) : null;

        begin(surplus(1_000, 120), paces, 100);

        assertThat(facebook.deletions).hasSize(1);
        assertThat(reports.getLast().getResumeAt()).isEqualTo(NOW.plusSeconds(90));
        assertThat(paces.pausedFor(ACCOUNT).block()).isEqualTo(Duration.ofSeconds(90));
        assertThat(paces.pausedFor("act_2").block()).isZero();
    }

    @Test
    void a_limit_met_by_a_look_is_known_to_all() {
        facebook.trouble = _ -> failure(Kind.RATE_LIMIT, 80004, null);

        begin(surplus(1_000, 5), paces, 100);

        assertThat(reports.getLast().getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(paces.pausedFor(ACCOUNT).block()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void stops_on_a_full_account_although_everything_was_deleted_that_was_sent() {
        facebook.trouble = op -> {
            facebook.usage = op.method() == Method.DELETE ? new GraphUsage(100, Duration.ofSeconds(30))
                    : GraphUsage.NONE;
            return null;
        };

        begin(surplus(1_000, 120), paces, 100);

        assertThat(facebook.deletions).hasSize(1);
        assertThat(reports.getLast().getDeleted()).hasSize(50);
        assertThat(reports.getLast().getFailed()).hasSize(70);
        assertThat(reports.getLast().getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(reports.getLast().getResumeAt()).isEqualTo(NOW.plusSeconds(30));
        assertThat(paces.pausedFor(ACCOUNT).block()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void does_not_look_at_what_failed_while_the_account_is_full() {
        facebook.trouble = op -> {
            facebook.usage = op.method() == Method.DELETE ? new GraphUsage(100, Duration.ofSeconds(30))
                    : GraphUsage.NONE;
            return op.method() == Method.DELETE ? failure(Kind.TEMPORARY, 2, null) : null;
        };

        begin(surplus(1_000, 5), paces, 100);

        assertThat(facebook.requests).as("a read and a deletion").isEqualTo(2);
        assertThat(reports.getLast().getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
        assertThat(reports.getLast().getFailed()).hasSize(5);
    }

    @Test
    void deletes_at_half_the_pace_when_usage_is_high() {
        facebook.usage = new GraphUsage(80, Duration.ZERO);

        begin(surplus(1_000, 220), paces, 100);
        pass(Duration.ofSeconds(20));

        assertThat(facebook.existing()).isEmpty();
        assertThat(facebook.deletions).extracting(List::size).containsExactly(50, 50, 50, 50, 20);
        assertThat(facebook.deletedAt.getLast()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    @Test
    void what_would_have_to_wait_too_long_is_left_to_a_later_pass() {
        paces.reserve(ACCOUNT, 2_600, 1, LONG).block();

        begin(surplus(1_000, 5), paces, 100);
        pass(Duration.ofSeconds(40));

        assertThat(facebook.deletions).isEmpty();
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.getEnd()).isEqualTo(RoundEnd.RATE_LIMITED);
            assertThat(report.getResumeAt()).isBetween(NOW.plusSeconds(30), NOW.plusSeconds(35));
            assertThat(report.getFailed()).hasSize(5);
        });
        assertThat(paces.pausedFor(ACCOUNT).block()).as("full is not limited").isZero();
    }

    @Test
    void leave_that_comes_too_late_is_asked_for_again() {
        var slowAnswers = new int[]{ 2 };
        var tooLate = AccountPace.SEND_WITHIN.plusMillis(50);
        var asked = new ArrayList<Duration>();
        begin(surplus(1_000, 5), new Around(paces) {
            @Override
            public Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within) {
                return Mono.defer(() -> {
                    asked.add(Duration.between(NOW, clock.instant()));
                    var answer = real.reserve(accountId, mutations, whole, within);
                    return slowAnswers[0]-- > 0
                            ? answer.delayElement(tooLate, time)
                            : answer;
                });
            }
        }, 100);
        pass(Duration.ofSeconds(5));

        assertThat(asked).containsExactly(Duration.ZERO, tooLate, tooLate.multipliedBy(2));
        assertThat(facebook.deletedAt).containsExactly(tooLate.multipliedBy(2));
        assertThat(reports.getLast().getEnd()).isEqualTo(RoundEnd.DONE);
    }

    private static class Around implements AccountPaces {

        final AccountPaces real;

        Around(AccountPaces real) {
            this.real = real;
        }

        @Override
        public Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within) {
            return real.reserve(accountId, mutations, whole, within);
        }

        @Override
        public Mono<Void> pause(String accountId, Duration wait) {
            return real.pause(accountId, wait);
        }

        @Override
        public Mono<Duration> pausedFor(String accountId) {
            return real.pausedFor(accountId);
        }
    }

    /** Makes so many ads; the request to delete them. */
    private DeletionRequested surplus(int firstId, int ads) {
        var entities = IntStream.range(firstId, firstId + ads).mapToObj(id -> {
            facebook.ad("" + id, "Ad " + id, "11", "1");
            return new Entity(EntityType.AD, "" + id, "Ad " + id, id);
        }).toList();
        return DeletionRequested.newBuilder().setJobId("j-" + firstId).setPass(1).setReason(DeletionReason.SURPLUS)
                .setAdAccountId(ACCOUNT).setCredentialId("default").setLabel("job").setCampaignName("Sale")
                .setEntities(entities).build();
    }

    /** A pass in a process of its own. */
    private void begin(DeletionRequested request, AccountPaces sharedPaces, int cap) {
        FactReporter reporter = (_, fact, _) -> Mono.fromRunnable(() -> {
            if (fact instanceof DeletionReported report) {
                reports.add(report);
            }
        });
        var rollback = new Rollback(facebook, _ -> Optional.of("secret"), reporter, JobCalls.NONE, sharedPaces, clock,
                PaceTime.of(time), RollbackSettings.atPace(cap));
        var envelope = Envelope.of("e-1", "DeletionRequested", "/job-service", request.getJobId(), NOW);
        rollback.handle(new LaunchRecords.Received(envelope, request)).subscribe();
    }

    /** What a creator does: it reserves, and sends when its time has come. */
    private void create(int mutations) {
        var reservation = paces.reserve(ACCOUNT, mutations, 1, LONG).block();
        var now = Duration.between(NOW, clock.instant());
        assertThat(reservation).isNotNull();
        reservation.grants().forEach(grant -> IntStream.range(0, grant.mutations())
                .forEach(_ -> created.add(now.plus(grant.startsIn()))));
    }

    private void pass(Duration duration) {
        time.advanceTimeBy(duration);
    }

    private long mostInASecond() {
        var all = new ArrayList<>(created);
        for (var i = 0; i < facebook.deletions.size(); i++) {
            for (var one = 0; one < facebook.deletions.get(i).size(); one++) {
                all.add(facebook.deletedAt.get(i));
            }
        }
        return all.stream().mapToLong(begin -> all.stream()
                .filter(at -> at.compareTo(begin) >= 0 && at.compareTo(begin.plusSeconds(1)) < 0).count())
                .max().orElse(0);
    }
}
