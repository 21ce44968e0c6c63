package io.campaignlauncher.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.Environment;

/** What becomes of records on Kafka that nobody has signed, {@code launch.kafka.unsigned}. */
public enum UnsignedRecords {

    ALLOW, REFUSE;

    private static final String SETTING = "launch.kafka.unsigned";

    /**
     * What is asked of records on Kafka.
     *
     * @param unsigned {@code allow}: a request or event without a signature counts, too; {@code refuse}: it becomes a dead letter.
     *     None: allow where {@code launch.security.mode} is {@code local}, else refuse, and then nothing else may be said
     */
    @ConfigurationProperties("launch.kafka")
    record Chosen(@Nullable UnsignedRecords unsigned) {}

    /** @throws IllegalStateException where they are allowed although everybody has to show who they are */
    public static UnsignedRecords of(Environment environment) {
        var chosen = Settings.of(environment, Chosen.class).unsigned();
        var local = SecurityMode.of(environment) == SecurityMode.LOCAL;
        if (chosen == ALLOW && !local) {
            throw new IllegalStateException(SETTING + "=allow goes with " + SecurityMode.SETTING + "=local alone:"
                    + " whoever may write to Kafka could ask in anybody's name");
        }
        return chosen != null ? chosen : local ? ALLOW : REFUSE;
    }
}
