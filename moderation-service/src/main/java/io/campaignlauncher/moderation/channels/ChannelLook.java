package io.campaignlauncher.moderation.channels;

import io.campaignlauncher.telegram.ChannelCheck;
import io.campaignlauncher.telegram.ChannelChecks;
import io.campaignlauncher.telegram.HttpTelegram;
import io.campaignlauncher.telegram.TelegramProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Asks Telegram whether a post in a channel would be safe. Reads only. */
public final class ChannelLook implements AutoCloseable {

    /** A person waits for the answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final @Nullable HttpTelegram telegram;
    private final @Nullable ChannelChecks checks;

    /** @throws IllegalArgumentException for a token or an address that cannot be one, in a sentence that names the setting */
    ChannelLook(TelegramProperties settings, MeterRegistry meters) {
        if (!settings.hasToken()) {
            telegram = null;
            checks = null;
            return;
        }
        var token = settings.botToken();
        telegram = HttpTelegram.over(settings.settings().withTimeout(TIMEOUT), token, meters);
        checks = ChannelChecks.of(telegram, token.botId(), settings.logChannel() != null);
    }

    /** Never fails. @param chat as its publisher names it */
    public Mono<ChannelCheck> at(String chat) {
        return checks == null ? Mono.just(new ChannelCheck.Unanswered("no bot is set (telegram.token)"))
                : checks.check(chat);
    }

    @Override
    public void close() {
        if (telegram != null) {
            telegram.close();
        }
    }
}
