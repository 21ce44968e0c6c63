package io.campaignlauncher.tools.facebook;

import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.KafkaAccessTokens;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.messaging.TokensUnreadable;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.tools.events.OperationRefused;
import java.time.Clock;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Access tokens as the services have them: encrypted on the topic {@code credentials}, plain in memory alone. */
public final class StoredTokens {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private StoredTokens() {}

    /**
     * Reads the topic once. Blocks.
     *
     * @param key base64 of 32 bytes
     * @throws IllegalArgumentException where the key is none
     * @throws OperationRefused         where Kafka does not answer, or there is no such token that the key opens
     */
    public static String find(KafkaSettings kafka, String key, CredentialName name) {
        var tokens = new KafkaAccessTokens(kafka, Readiness.always(), new LaunchRecords(), TokenCipher.withKey(key),
                null, Clock.systemUTC());
        tokens.start();
        try {
            tokens.ready().timeout(PATIENCE,
                    Mono.error(() -> new OperationRefused("the topic of credentials cannot be read from Kafka")))
                    .block();
            return tokens.accessToken(name)
                    .orElseThrow(() -> new OperationRefused("no credential is stored as "
                            + name.id() + ", or the key does not open it"));
        } catch (TokensUnreadable e) {
            throw new OperationRefused("the key opens none of the credentials that are stored, and so not "
                    + name.id());
        } finally {
            tokens.stop();
        }
    }
}
