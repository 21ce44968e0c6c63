package io.campaignlauncher.telegram;

import static io.campaignlauncher.telegram.Answering.post;
import static io.campaignlauncher.telegram.Answering.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The token, which Telegram wants in the address, is in no log of either side, no error and no metric, whatever happens. */
class SecrecyIT {

    private static final String SECRET = "AAexample-Secret_0123456789";
    private static final BotToken TOKEN = new BotToken("77:" + SECRET);

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs() + " "
                    + (event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage()));
        }
    };

    private final Answering answering = new Answering();

    private void logEverything() {
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void close() {
        root.setLevel(before);
        root.detachAppender(appender);
        answering.close();
    }

    @Test
    void is_told_to_the_server_and_to_nobody_else() {
        answering.simulator.world().addBot(TOKEN.value(), "secret_bot");
        var registry = new SimpleMeterRegistry();
        logEverything();
        var results = new CopyOnWriteArrayList<Object>();
        var settings = TelegramSettings.towards(answering.simulator.baseUrl());
        try (var telegram = HttpTelegram.over(settings, TOKEN, registry);
                var hasty = HttpTelegram.over(settings.withTimeout(Duration.ofSeconds(1)), TOKEN, registry);
                var nowhere = HttpTelegram.over(TelegramSettings.towards(URI.create("http://127.0.0.1:1")), TOKEN,
                        registry)) {
            results.add(outcome(telegram.me()));
            results.add(outcome(telegram.send(post("x"))));
            results.add(outcome(nowhere.send(post("x"))));
            for (var effect : List.of(FaultEffect.answerLost(), FaultEffect.gatewayPage(Commit.never(), 502),
                    new FaultEffect.Damaged(FaultEffect.Damage.HALF_SENT))) {
                answering.simulator.faults().add(Fault.once(ApiMethod.ANY, effect));
                results.add(outcome(telegram.chat("@launch_demo")));
            }
            answering.simulator.faults().add(Fault.always(ApiMethod.ANY, FaultEffect.swallowed()));
            results.add(outcome(hasty.chat("@launch_demo")));
            results.add(telegram);
        }
        root.setLevel(before);

        assertThat(results.getFirst()).isEqualTo(new ReadResult.Found<>(new BotUser(77, "secret_bot")));
        assertThat(logged).as("logs at the finest level").hasSizeGreaterThan(50)
                .anyMatch(line -> line.contains("sendMessage"));
        assertThat(logged).noneMatch(line -> line.contains(SECRET));
        assertThat(results.toString()).doesNotContain(SECRET);
        assertThat(registry.getMetersAsString()).contains("telegram.requests").doesNotContain(SECRET);
        assertThat(answering.simulator.requests().entries()).isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.path()).startsWith("/bot77:***/"));
    }

    @Test
    void prints_as_dots_and_is_checked_before_it_is_used() {
        assertThat(TOKEN).hasToString("•••");
        assertThat(TOKEN.botId()).isEqualTo(77);
        for (var odd : List.of("", "77", "77:a/b", "x:" + SECRET, "77:" + SECRET + "\n")) {
            assertThatThrownBy(() -> new BotToken(odd)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("telegram.token").satisfies(e -> assertThat(e.getMessage()).doesNotContain(
                            SECRET));
        }
    }
}
