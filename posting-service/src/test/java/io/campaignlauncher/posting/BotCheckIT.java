package io.campaignlauncher.posting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.telegram.BotToken;
import io.campaignlauncher.telegram.HttpTelegram;
import io.campaignlauncher.telegram.TelegramSettings;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.TelegramSimulatorSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Whether Telegram takes the token, over HTTP. */
class BotCheckIT {

    private final TelegramSimulator simulator = TelegramSimulator.start(TelegramSimulatorSettings.DEFAULTS);
    private final Progress progress = new Progress("posting", new SimpleMeterRegistry());
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    @AfterEach
    void close() {
        simulator.close();
    }

    private CompletableFuture<Void> check(HttpTelegram telegram) {
        return new BotCheck(telegram, TelegramSimulator.BOT_ID, progress, time, Clock.systemUTC()).passed().toFuture();
    }

    private static HttpTelegram telegram(URI address) {
        return HttpTelegram.over(TelegramSettings.towards(address).withTimeout(Duration.ofSeconds(10)),
                new BotToken(TelegramSimulator.TOKEN), null);
    }

    @Test
    void is_held_while_telegram_refuses_the_token_and_goes_on_by_itself() {
        simulator.world().setRevoked(TelegramSimulator.BOT_ID, true);
        try (var telegram = telegram(simulator.baseUrl())) {
            var passed = check(telegram);
            await().until(() -> progress.heldUpBy() != null);
            assertThat(progress.heldUpBy()).isEqualTo("Telegram does not take telegram.token: Unauthorized");
            assertThat(passed).isNotDone();

            simulator.world().setRevoked(TelegramSimulator.BOT_ID, false);
            await().untilAsserted(() -> {
                time.advanceTimeBy(Duration.ofSeconds(5));
                assertThat(passed).isCompleted();
            });
        }
    }

    @Test
    void asks_again_while_telegram_is_away() {
        try (var nowhere = telegram(URI.create("http://127.0.0.1:1"))) {
            var passed = check(nowhere);

            await().untilAsserted(() -> {
                time.advanceTimeBy(Duration.ofSeconds(5));
                assertThat(time.getScheduledTaskCount()).isGreaterThan(2);
            });
            assertThat(passed).isNotDone();
            assertThat(progress.heldUpBy()).isNull();
            passed.cancel(true);
        }
    }
}
