package io.campaignlauncher.messaging;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Where metrics and health are served.
 *
 * @param address of this machine alone, where a worker serves its metrics and health
 * @param port    where a worker serves its metrics and health, 0: any that is free; negative or not set: nowhere. The job-service
 *     serves them on its own port unless told otherwise
 */
@ConfigurationProperties("management.server")
record ManagementServerSettings(@DefaultValue("127.0.0.1") String address, @Nullable Integer port) {

    /**
     * Whether there is a page at all.
     *
     * @param metricsPage false: a worker serves no metrics and health, because another service of its process does
     */
    @ConfigurationProperties("launch")
    record Page(@DefaultValue("true") boolean metricsPage) {}

    static boolean pageWanted(Environment environment) {
        // As in Spring Boot, a negative port means none.
        var port = Settings.of(environment, ManagementServerSettings.class).port();
        return Settings.of(environment, Page.class).metricsPage() && port != null && port >= 0;
    }
}
