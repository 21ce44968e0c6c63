package io.campaignlauncher.telegram;

import io.campaignlauncher.sendonce.BaseUrl;
import java.net.URI;
import java.time.Duration;

/**
 * How to reach the Bot API, {@code telegram.*}.
 *
 * @param baseUrl        http or https, no trailing slash needed; requests go to {@code <base-url>/bot<token>/<method>}
 * @param timeout        from the call to the end of its answer, waiting for a connection included; nothing of a request leaves later
 *     than this. A shorter one makes more unknown outcomes, and not fewer posts
 * @param connectTimeout for the TCP and TLS handshake
 * @param connectionsMax in the pool; further requests wait
 * @param pendingMax     requests that may wait for a connection; more are refused as not sent
 */
public record TelegramSettings(URI baseUrl, Duration timeout, Duration connectTimeout, int connectionsMax,
        int pendingMax) {

    public static final URI BASE_URL = URI.create("https://api.telegram.org");
    public static final Duration TIMEOUT = Duration.ofSeconds(60);
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    public static final int CONNECTIONS_MAX = 32;
    public static final int PENDING_MAX = 1_000;

    public TelegramSettings {
        if (!"http".equals(baseUrl.getScheme()) && !"https".equals(baseUrl.getScheme())) {
            throw new IllegalArgumentException("telegram.base-url must be http or https: " + baseUrl);
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("telegram.timeout must be positive: " + timeout);
        }
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException("telegram.connect-timeout must be positive: " + connectTimeout);
        }
        if (connectionsMax < 1 || pendingMax < 1) {
            throw new IllegalArgumentException("telegram.connections-max and telegram.pending-max must be positive: "
                    + connectionsMax + ", " + pendingMax);
        }
    }

    /**
     * The defaults towards one address.
     *
     * @param httpAllowed {@code telegram.allow-http}: whether the token may travel in plain text beyond this machine
     * @throws IllegalArgumentException in a sentence that names the setting
     */
    public static TelegramSettings towards(String baseUrl, boolean httpAllowed) {
        return towards(BaseUrl.of("telegram", baseUrl, httpAllowed));
    }

    /** The defaults towards one address. */
    public static TelegramSettings towards(URI baseUrl) {
        return new TelegramSettings(baseUrl, TIMEOUT, CONNECT_TIMEOUT, CONNECTIONS_MAX, PENDING_MAX);
    }

    public TelegramSettings withTimeout(Duration newTimeout) {
        return new TelegramSettings(baseUrl, newTimeout, connectTimeout, connectionsMax, pendingMax);
    }
}
