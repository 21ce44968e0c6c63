package io.campaignlauncher.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.sendonce.Unanswered.Reason;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.RequestParts;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.BotApi;
import io.campaignlauncher.telegram.simulator.core.BotRequest;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The client and the simulator's core without a network, on a clock that only a test moves. */
class VirtualTimeTest {

    private static final long CHANNEL = -1001;
    private static final String MARKER = "https://ads.example/t/1";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Post POST = new Post(CHANNEL, new Post.Content.Text("x", List.of(), true),
            List.of(new Post.UrlButton("Open", MARKER)), false, MARKER);

    private VirtualTimeScheduler time;
    private final BotApi api = new BotApi(TelegramRules.DEFAULTS.withoutLimits(), new SplittableRandom(1));
    private final List<SendResult> results = new ArrayList<>();
    private final HttpTelegram telegram = new HttpTelegram(this::exchange, 1, TIMEOUT, null);

    @BeforeEach
    void start() {
        time = VirtualTimeScheduler.getOrSet();
        api.advance(now());
        api.world().addBot("1:test", "a_bot");
        api.world().addChannel(CHANNEL, null, "Channel");
        api.world().setMembership(String.valueOf(CHANNEL), 1, Membership.administrator(Rights.POST));
    }

    @AfterEach
    void stop() {
        VirtualTimeScheduler.reset();
    }

    private Instant now() {
        return Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS));
    }

    private void pass(Duration by) {
        time.advanceTimeBy(by);
        api.advance(now());
    }

    private Mono<HttpAnswer> exchange(TelegramRequest request) {
        var parts = RequestParts.read("/bot1:test/" + request.method(), request.contentType(), request.body());
        var reply = api.handle(BotRequest.of(parts), now());
        var answer = reply.fate() == Fate.ANSWERED
                ? Mono.just(new HttpAnswer(reply.status(), reply.headers(), reply.body()))
                : reply.fate() == Fate.SILENCE ? Mono.<HttpAnswer>never()
                        : Mono.<HttpAnswer>error(new Unanswered(Reason.BROKEN, "closed"));
        return (reply.delay().isZero() ? answer : Mono.delay(reply.delay()).then(answer))
                .timeout(request.timeLimit(), Mono.error(new Unanswered(Reason.TIMED_OUT, "too late")));
    }

    @Test
    void a_post_that_comes_after_the_client_gave_up_is_unknown_and_found_later() {
        api.faults().add(Fault.once(ApiMethod.SENDS, FaultEffect.committedLate(Duration.ofSeconds(90))));
        telegram.send(POST).subscribe(results::add);
        pass(Duration.ofSeconds(59));
        assertThat(results).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(results).containsExactly(new SendResult.Unknown("too late", null));
        assertThat(telegram.probe(CHANNEL, 2).block()).isEqualTo(new ProbeResult.Nothing());
        pass(Duration.ofSeconds(30));
        assertThat(telegram.probe(CHANNEL, 2).block()).isEqualTo(new ProbeResult.Ours());
        assertThat(api.world().marked(String.valueOf(CHANNEL), MARKER)).hasSize(1);
    }

    @Test
    void an_answer_within_the_time_limit_is_waited_for() {
        api.faults().add(Fault.once(ApiMethod.SENDS, new FaultEffect.Slow(Duration.ofSeconds(59))));
        telegram.send(POST).subscribe(results::add);
        pass(Duration.ofSeconds(59));
        assertThat(results.getFirst()).isInstanceOf(SendResult.Posted.class);
    }
}
