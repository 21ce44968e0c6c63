package io.campaignlauncher.embedded;

import java.util.Locale;

/** Who logs in to the embedded servers: each service as itself, and everybody else as an app. */
public enum ServiceLogin {

    JOB_SERVICE, CREATOR_SERVICE, VERIFIER_SERVICE, ROLLBACK_SERVICE, IDENTITY_SERVICE,
    /** Upstream apps, tools, analytics. */
    APP;

    /** The name of its role in PostgreSQL and of its user in Kafka. */
    public String user() {
        return name().toLowerCase(Locale.ROOT);
    }
}
