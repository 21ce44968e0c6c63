package io.campaignlauncher.telegram;

import static io.campaignlauncher.telegram.Answering.CHANNEL;
import static io.campaignlauncher.telegram.Answering.post;
import static io.campaignlauncher.telegram.Answering.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.FaultEffect.Damage;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known when the answer is late, half, a lie, or none: nothing, and the request was sent once. */
class DoubtfulAnswersIT {

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final Answering answering = new Answering();

    @AfterEach
    void close() {
        answering.close();
    }

    private long requestsSeen() {
        return answering.simulator.counters().calls(ApiMethod.SEND_MESSAGE);
    }

    private void assertUnknown(SendResult result) {
        assertThat(result).isInstanceOf(SendResult.Unknown.class);
        assertThat(requestsSeen()).isEqualTo(1);
    }

    static Stream<FaultEffect> doubtful() {
        return Stream.of(FaultEffect.answerLost(),
                new FaultEffect.NoAnswer(Commit.atOnce(), Fate.CONNECTION_RESET),
                FaultEffect.tooManyRequests(Commit.atOnce(), 7), FaultEffect.restart(Commit.atOnce()),
                FaultEffect.unauthorized(Commit.atOnce()), FaultEffect.loggedOut(Commit.atOnce()),
                FaultEffect.gatewayPage(Commit.atOnce(), 502), FaultEffect.gatewayPage(Commit.atOnce(), 504),
                FaultEffect.gatewayJson(Commit.atOnce()), FaultEffect.emptyBody(Commit.atOnce(), 400),
                new FaultEffect.Damaged(Damage.HALF_SENT), new FaultEffect.Damaged(Damage.HALF_JSON),
                new FaultEffect.Damaged(Damage.MESSAGE_ID_ZERO));
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void knows_nothing_of_a_post_whose_answer_shows_nothing_although_it_is_there(FaultEffect effect) {
        outcome(answering.telegram.me()); // so that the connection is an old one
        answering.simulator.faults().add(Fault.once(ApiMethod.SENDS, effect));

        assertUnknown(answering.send("x"));
        assertThat(answering.marked()).isEqualTo(1);
    }

    static Stream<FaultEffect> inVain() {
        return Stream.of(new FaultEffect.NoAnswer(Commit.never(), Fate.CONNECTION_CLOSED),
                new FaultEffect.NoAnswer(Commit.never(), Fate.CONNECTION_RESET),
                FaultEffect.tooManyRequests(Commit.never(), 7), FaultEffect.restart(Commit.never()),
                FaultEffect.unauthorized(Commit.never()), FaultEffect.loggedOut(Commit.never()),
                FaultEffect.gatewayPage(Commit.never(), 502));
    }

    @ParameterizedTest
    @MethodSource("inVain")
    void knows_as_little_where_the_same_answer_stands_for_no_post(FaultEffect effect) {
        answering.simulator.faults().add(Fault.once(ApiMethod.SENDS, effect));

        assertUnknown(answering.send("x"));
        assertThat(answering.marked()).isZero();
    }

    @Test
    void tells_how_long_telegram_wants_nothing_more() {
        answering.simulator.faults()
                .add(Fault.once(ApiMethod.SENDS, FaultEffect.tooManyRequests(Commit.never(), 7)));

        assertThat(answering.send("x")).isEqualTo(
                new SendResult.Unknown("Too Many Requests: retry after 7", Duration.ofSeconds(7)));
    }

    @Test
    void gives_a_send_up_after_its_time_and_the_post_comes_later_all_the_same() {
        outcome(answering.telegram.me()); // so that nothing is slow for being the first
        answering.simulator.faults().add(Fault.once(ApiMethod.SENDS,
                FaultEffect.committedLate(Duration.ofSeconds(60))));
        try (var hasty = answering.client(SHORT)) {
            assertUnknown(outcome(hasty.send(post("x"))));
        }
        assertThat(answering.marked()).isZero();
        answering.simulator.forward(Duration.ofSeconds(60));
        assertThat(answering.marked()).isEqualTo(1);
        assertThat(requestsSeen()).isEqualTo(1);
    }

    @Test
    void waits_for_an_answer_that_is_late_within_its_time() {
        answering.simulator.faults()
                .add(Fault.once(ApiMethod.SENDS, new FaultEffect.Slow(Duration.ofMillis(700))));

        assertThat(answering.send("x")).isInstanceOf(SendResult.Posted.class);
    }

    @Test
    void sends_nothing_after_it_was_cancelled() {
        answering.simulator.faults().add(Fault.always(ApiMethod.SENDS, FaultEffect.swallowed()));
        var sending = answering.telegram.send(post("x")).subscribe();
        Awaitility.await().until(() -> requestsSeen() == 1);
        sending.dispose();
        outcome(answering.telegram.me());
        assertThat(requestsSeen()).isEqualTo(1);
    }

    static Stream<FaultEffect> silent() {
        return Stream.of(FaultEffect.tooManyRequests(Commit.never(), 3), FaultEffect.restart(Commit.never()),
                FaultEffect.gatewayPage(Commit.never(), 502), FaultEffect.answerLost());
    }

    @ParameterizedTest
    @MethodSource("silent")
    void calls_a_probe_without_a_proper_answer_inconclusive(FaultEffect effect) {
        int id = answering.posted("x");
        answering.simulator.faults().add(Fault.always(ApiMethod.ANY, effect));

        assertThat(outcome(answering.telegram.probe(CHANNEL, id))).isInstanceOf(ProbeResult.Inconclusive.class);
        assertThat(outcome(answering.telegram.probeByGame(CHANNEL, id))).isInstanceOf(ProbeResult.Inconclusive.class);
        assertThat(outcome(answering.telegram.forward(CHANNEL, id, Answering.LOG)))
                .isInstanceOf(ForwardResult.Inconclusive.class);
        assertThat(outcome(answering.telegram.chat("@launch_demo"))).isInstanceOf(ReadResult.Unread.class);
        assertThat(outcome(answering.telegram.delete(CHANNEL, id))).isInstanceOf(ChangeResult.Unknown.class);
    }

    @Test
    void reads_not_found_where_telegram_could_not_read_so_that_a_control_is_needed() {
        int id = answering.posted("x");
        answering.simulator.faults().add(Fault.always(ApiMethod.PROBES, new FaultEffect.ReadRefused()));

        assertThat(outcome(answering.telegram.probe(CHANNEL, id))).isEqualTo(new ProbeResult.Nothing());
        assertThat(outcome(answering.telegram.probe(CHANNEL, 1))).isEqualTo(new ProbeResult.Nothing());
    }
}
