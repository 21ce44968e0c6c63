package io.campaignlauncher.embedded;

import io.campaignlauncher.schemas.rights.KafkaUser;
import java.util.Locale;
import java.util.Optional;

/** Who logs in to the embedded servers: each program as itself. */
public enum ServiceLogin {

    JOB_SERVICE, CREATOR_SERVICE, VERIFIER_SERVICE, ROLLBACK_SERVICE, IDENTITY_SERVICE, MODERATION_SERVICE,
    POSTING_SERVICE,
    ANALYTICS,
    /** Upstream apps. */
    APP,
    /** {@code campaign-tools}. */
    TOOLS,
    /** The person who cares for the broker, with Kafka's own tools: may do everything there. */
    OPERATOR;

    /** The name of its role in PostgreSQL and of its user in Kafka. */
    public String user() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whose rights it has in Kafka; none: it may do everything. */
    Optional<KafkaUser> rights() {
        return this == OPERATOR ? Optional.empty() : Optional.of(KafkaUser.valueOf(name()));
    }
}
