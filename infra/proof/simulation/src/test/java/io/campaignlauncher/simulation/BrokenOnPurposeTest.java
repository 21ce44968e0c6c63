package io.campaignlauncher.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.creation.claims.Claims;
import io.campaignlauncher.creation.model.RoundLimits;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.pace.AccountPace.Grant;
import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.pace.AccountPaces;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.CreationReported;
import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.MediaFile;
import io.campaignlauncher.schemas.MediaType;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.schemas.StopCreation;
import io.campaignlauncher.schemas.VerificationOutcome;
import io.campaignlauncher.simulation.engine.Violation;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Breaks one rule of the system at a time: a check that such a system passes is no check. */
class BrokenOnPurposeTest {

    private static final int SEEDS_MAX = 4_000;
    private static final Pattern NAMED = Pattern.compile("sha256:[0-9a-f]{64}|(clip|picture) \\d+\\.(mp4|gif)");
    private static final Settings ROUGH = Settings.defaults().withRoughness(3);

    @Test
    void the_simulation_notices_when_every_claim_is_granted() {
        assertNoticed(ROUGH.withClaims(EveryClaimGranted::new));
    }

    @Test
    void the_simulation_notices_when_claims_that_were_lost_with_a_database_are_given_again() {
        assertNoticed(ROUGH.withOnly(FaultKind.CLAIMS_REWOUND, FaultKind.COMMAND_DELIVERED_AGAIN,
                FaultKind.COMMAND_ACK_LOST, FaultKind.SHARE_GROUP_RESTARTED).withClaims(TimelineForgotten::new));
    }

    @Test
    void the_simulation_notices_when_nobody_waits_for_requests_to_settle() {
        assertNoticed(ROUGH.withPolicy(Arguments.withoutSettling(ROUGH.policy())));
    }

    @Test
    void the_simulation_notices_when_requests_take_effect_later_than_is_allowed_for() {
        assertNoticed(ROUGH.withLateMost(Duration.ofMinutes(1)));
    }

    @Test
    void the_simulation_notices_when_reads_lag_longer_than_is_allowed_for() {
        assertNoticed(ROUGH.withLagMost(Duration.ofMinutes(1)));
    }

    @Test
    void the_simulation_notices_when_clocks_differ_by_more_than_is_allowed_for() {
        assertNoticed(ROUGH.withSkewMost(Duration.ofSeconds(30)));
    }

    @Test
    void the_simulation_notices_when_the_verifier_always_passes() {
        assertNoticed(ROUGH.withMessages(message -> message instanceof PostVerificationReported report
                ? PostVerificationReported.newBuilder(report).setOutcome(VerificationOutcome.PASSED)
                        .setMissing(List.of()).setUnknownToSlots(List.of()).build()
                : message));
    }

    @Test
    void the_simulation_notices_when_deletions_are_believed() {
        assertNoticed(ROUGH.withMessages(message -> message instanceof DeletionReported report
                ? DeletionReported.newBuilder(report).setFound(0).setUnconfirmed(List.of()).build()
                : message));
    }

    @Test
    void the_simulation_notices_when_what_a_list_leaves_out_is_taken_for_gone() {
        assertNoticed(ROUGH.withOnly(FaultKind.MANY_TWINS_MADE, FaultKind.SILENT_DELETION)
                .withMessages(message -> message instanceof PostVerificationReported report
                        ? PostVerificationReported.newBuilder(report).setUnknownLeftOut(0).build()
                        : message));
    }

    @Test
    void the_simulation_notices_when_nobody_looks_first() {
        assertNoticed(ROUGH.withMessages(message -> message instanceof CreateEntities command
                ? CreateEntities.newBuilder(command).setLookFirst(false).build()
                : message));
    }

    @Test
    void the_simulation_notices_when_the_last_report_of_a_round_tells_only_what_none_before_it_told() {
        assertNoticed(ROUGH.withOnly(FaultKind.JOB_UNDECIDABLE, FaultKind.SLOW_ANSWER, FaultKind.EDGE_LAG)
                .withMessages(new NothingTwice()));
    }

    @Test
    void the_simulation_notices_when_creators_go_by_their_own_time_limits() {
        assertNoticed(ROUGH.withOnly(FaultKind.FREEZE, FaultKind.FREEZE_BEFORE_SENDING, FaultKind.CRASH,
                FaultKind.ANSWER_LOST, FaultKind.COMMITTED_LATE, FaultKind.SLOW_ANSWER,
                FaultKind.COMMAND_DELIVERED_AGAIN)
                .withMessages(message -> message instanceof CreateEntities command
                        ? CreateEntities.newBuilder(command).setLeaseMs(null).setRequestTimeoutMs(null).build()
                        : message));
    }

    @Test
    void the_simulation_notices_when_a_round_is_judged_by_other_limits_than_its_own() {
        assertNoticed(ROUGH.withOnly(FaultKind.FREEZE, FaultKind.FREEZE_BEFORE_SENDING, FaultKind.CRASH,
                FaultKind.ANSWER_LOST, FaultKind.COMMITTED_LATE, FaultKind.SLOW_ANSWER,
                FaultKind.COMMAND_DELIVERED_AGAIN).withClaims(JudgedTooEarly::new));
    }

    @Test
    void the_simulation_notices_when_rollbacks_do_not_share_the_pace_of_an_account() {
        assertNoticed(ROUGH.withPaces(LeaveAtAnyTime::new));
    }

    @Test
    void the_simulation_notices_when_a_creator_goes_on_with_a_job_that_it_was_told_to_stop() {
        assertNoticed(Settings.defaults().withMessages(message -> message instanceof StopCreation
                ? new StopCreation(UUID.randomUUID().toString())
                : message));
    }

    @Test
    void the_simulation_notices_when_somebody_is_told_that_a_job_is_cancelled_and_it_is_not() {
        assertNoticed(Settings.defaults().withWishes(_ -> new JobCommand.EndWait(0)));
    }

    @Test
    void the_simulation_notices_when_somebody_is_told_that_a_start_is_moved_and_it_is_not() {
        assertNoticed(Settings.defaults().withWishes(wish -> wish instanceof JobCommand.RescheduleLaunch
                ? new JobCommand.EndWait(0) : wish));
    }

    @Test
    void the_simulation_notices_when_local_times_are_taken_for_those_of_another_place() {
        assertNoticed(Settings.defaults().withMessages(message -> message instanceof PreVerificationReported report
                ? PreVerificationReported.newBuilder(report).setTimeZone("Pacific/Kiritimati").build() : message));
    }

    @Test
    void the_simulation_notices_when_a_launch_does_not_wait_for_its_videos() {
        assertNoticed(Settings.defaults().withMessages(message -> message instanceof PreVerificationReported report
                && report.getReadyAt() != null ? passed(report) : message));
    }

    @Test
    void the_simulation_notices_when_a_launch_begins_whose_images_are_missing() {
        assertNoticed(Settings.defaults().withMessages(message -> message instanceof PreVerificationReported report
                && report.getChecks().stream().anyMatch(check -> check.getName().equals("images_present")
                        && check.getOutcome() == CheckOutcome.FAILED) ? passed(report) : message));
    }

    /** As if everything that it names as missing or encoded were ready. */
    private static PreVerificationReported passed(PreVerificationReported report) {
        var named = Stream.concat(report.getChecks().stream().map(Check::getDetail),
                Stream.ofNullable(report.getFault()).map(GraphFault::getMessage))
                .flatMap(sentence -> NAMED.matcher(sentence).results()).map(MatchResult::group)
                .flatMap(name -> Stream.of(MediaType.IMAGE, MediaType.VIDEO)
                        .map(type -> new MediaFile(name, type, "1", null)));
        return PreVerificationReported.newBuilder(report).setOutcome(VerificationOutcome.PASSED).setFault(null)
                .setReadyAt(null).setMedia(Stream.concat(report.getMedia().stream(), named).toList()).build();
    }

    @Test
    void the_simulation_notices_when_an_ad_shows_what_was_named_for_another() {
        assertNoticed(Settings.defaults().withMessages(message -> message instanceof PreVerificationReported report
                ? PreVerificationReported.newBuilder(report).setMedia(allTheSame(report.getMedia())).build()
                : message));
    }

    private static List<MediaFile> allTheSame(List<MediaFile> media) {
        return media.stream().map(file -> MediaFile.newBuilder(media.stream()
                .filter(other -> other.getType() == file.getType()).findFirst().orElseThrow())
                .setReference(file.getReference()).build()).toList();
    }

    private static void assertNoticed(Settings settings) {
        var simulation = new LaunchSimulation(settings);
        for (long seed = 1; seed <= SEEDS_MAX; seed++) {
            var failure = simulation.run(seed, null);
            if (failure.isPresent()) {
                assertThat(failure.get().cause()).isInstanceOf(Violation.class);
                return;
            }
        }
        throw new AssertionError("nothing was noticed in " + SEEDS_MAX + " runs");
    }

    /** As if every command had been sent after the timeline changed last. */
    private record TimelineForgotten(Claims real) implements Claims {

        @Override
        public Mono<List<Claim>> claim(String claimant, Collection<Wanted> wanted) {
            return real.claim(claimant, wanted.stream().map(one -> new Wanted(one.jobId(), one.round(),
                    one.accountId(), one.notAfter(), one.limits(), one.mutations(), sentLater(one.cause()))).toList());
        }

        private static Envelope sentLater(Envelope e) {
            return new Envelope(e.id(), e.type(), e.source(), e.subject(), e.time().plus(Duration.ofDays(9)),
                    e.sequence(), e.correlationId(), e.causationId(), e.traceparent());
        }

        @Override
        public Mono<Void> reachable() {
            return real.reachable();
        }

        @Override
        public Mono<Void> finish(Collection<Finished> rounds) {
            return real.finish(rounds);
        }

        @Override
        public Mono<Integer> sweep(Function<Expired, Mono<Void>> report) {
            return real.sweep(report);
        }
    }

    /** As if whoever finds a claim were set to a shorter lease and time-out than whoever holds it. */
    private record JudgedTooEarly(Claims real) implements Claims {

        private static final RoundLimits SHORT = new RoundLimits(Duration.ofMillis(600), Duration.ofMillis(600));

        @Override
        public Mono<List<Claim>> claim(String claimant, Collection<Wanted> wanted) {
            return real.claim(claimant, wanted.stream().map(one -> new Wanted(one.jobId(), one.round(),
                    one.accountId(), one.notAfter(), SHORT, one.mutations(), one.cause())).toList());
        }

        @Override
        public Mono<Void> reachable() {
            return real.reachable();
        }

        @Override
        public Mono<Void> finish(Collection<Finished> rounds) {
            return real.finish(rounds);
        }

        @Override
        public Mono<Integer> sweep(Function<Expired, Mono<Void>> report) {
            return real.sweep(report);
        }
    }

    private static final class NothingTwice implements UnaryOperator<SpecificRecord> {

        private final Set<String> told = new HashSet<>();

        @Override
        public SpecificRecord apply(SpecificRecord message) {
            if (!(message instanceof CreationReported report)) {
                return message;
            }
            if (report.getEnd() == RoundEnd.NOT_YET) {
                report.getCreated().forEach(created -> told.add(report.getJobId() + created.getFacebookId()));
                return report;
            }
            return CreationReported.newBuilder(report).setCreated(report.getCreated().stream()
                    .filter(created -> !told.contains(report.getJobId() + created.getFacebookId())).toList()).build();
        }
    }

    private record EveryClaimGranted(Claims real) implements Claims {

        @Override
        public Mono<List<Claim>> claim(String claimant, Collection<Wanted> wanted) {
            return real.claim(claimant, wanted).map(_ -> wanted.stream()
                    .map(one -> new Claim(one.jobId(), one.round(), Duration.ZERO, Reservation.NONE)).toList());
        }

        @Override
        public Mono<Void> reachable() {
            return real.reachable();
        }

        @Override
        public Mono<Void> finish(Collection<Finished> rounds) {
            return real.finish(rounds);
        }

        @Override
        public Mono<Integer> sweep(Function<Expired, Mono<Void>> report) {
            return real.sweep(report);
        }
    }

    private record LeaveAtAnyTime(AccountPaces real) implements AccountPaces {

        @Override
        public Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within) {
            return Mono.just(new Reservation(List.of(new Grant(Duration.ZERO, mutations)), Duration.ZERO));
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
}
