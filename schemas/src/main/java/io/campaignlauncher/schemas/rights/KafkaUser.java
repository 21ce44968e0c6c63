package io.campaignlauncher.schemas.rights;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A program, or a kind of program, that logs in to Kafka as somebody of its own. */
public enum KafkaUser {

    JOB_SERVICE, CREATOR_SERVICE, VERIFIER_SERVICE, ROLLBACK_SERVICE, IDENTITY_SERVICE, MODERATION_SERVICE,
    POSTING_SERVICE,
    /** The consumer that keeps the figures. */
    ANALYTICS,
    /** Upstream apps: they ask for launches, and follow what becomes of them. */
    APP,
    /** An operator with {@code campaign-tools}. */
    TOOLS;

    /** As people write it, e.g. {@code job-service}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<KafkaUser> titled(String title) {
        return Arrays.stream(values()).filter(user -> user.title().equals(title)).findFirst();
    }
}
