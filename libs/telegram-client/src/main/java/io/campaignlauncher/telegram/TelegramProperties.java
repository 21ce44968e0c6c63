package io.campaignlauncher.telegram;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How services reach the Bot API, and as which bot, as settings say it; {@link TelegramSettings} and {@link BotToken} refuse what
 * breaks a rule.
 *
 * @param baseUrl    address of a Bot API, https except on this machine; requests go to {@code <base-url>/bot<token>/<method>}. None:
 *     that of Telegram; the standalone system starts a simulator then
 * @param allowHttp  whether the bot's token may travel in plain text to another machine
 * @param token      of the bot, a secret; none: nothing is posted on Telegram, what is to be posted waits, and no channel can
 *     be offered
 * @param timeout    how long a request to the Bot API may take, its answer included; a shorter one makes more unknown outcomes, and not
 *     fewer posts
 * @param logChannel number of the channel where posts are rehearsed and read back, negative; none: a post is known by its place alone
 */
@ConfigurationProperties("telegram")
public record TelegramProperties(@DefaultValue("") String baseUrl,
        @DefaultValue("false") boolean allowHttp, @DefaultValue("") String token,
        @DefaultValue("60s") Duration timeout, @Nullable Long logChannel) {

    private static final String TELEGRAM = "https://api.telegram.org";

    /** What to set where there is no bot. */
    public static final String NO_TOKEN = "set telegram.token (or telegram.token-file): nothing is posted on Telegram before";

    /** Whether there is a bot. */
    public boolean hasToken() {
        return !token.isBlank();
    }

    /** @throws IllegalArgumentException in a sentence that names the setting */
    public TelegramSettings settings() {
        return TelegramSettings.towards(baseUrl.isBlank() ? TELEGRAM : baseUrl, allowHttp).withTimeout(timeout);
    }

    /** @throws IllegalArgumentException in a sentence that names the setting and not the token */
    public BotToken botToken() {
        return new BotToken(token.strip());
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return "TelegramProperties[]";
    }
}
