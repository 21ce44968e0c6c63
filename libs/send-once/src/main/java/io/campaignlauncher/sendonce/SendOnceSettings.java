package io.campaignlauncher.sendonce;

import java.time.Duration;

/**
 * The connections of a {@link SendOnceClient}.
 *
 * @param name           of the pool, and the beginning of settings in error texts
 * @param https          whether connections are encrypted and certificates checked
 * @param requestTimeout half of it at most is spent waiting for a free connection
 * @param connectTimeout for the TCP and TLS handshake
 * @param connectionsMax in the pool; further requests wait
 * @param pendingMax     requests that may wait for a connection; more are refused as not sent
 * @param answerBytesMax larger answers count as broken
 */
public record SendOnceSettings(String name, boolean https, Duration requestTimeout, Duration connectTimeout,
        int connectionsMax, int pendingMax, int answerBytesMax) {

    public SendOnceSettings {
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException(name + ": the time for a request must be positive: " + requestTimeout);
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException(name + ".connect-timeout must be positive: " + connectTimeout);
        }
        if (connectionsMax < 1 || pendingMax < 1 || answerBytesMax < 1) {
            throw new IllegalArgumentException(
                    name + ": connections-max, pending-max and the size of an answer must be "
                            + "positive: " + connectionsMax + ", " + pendingMax + ", " + answerBytesMax);
        }
    }
}
