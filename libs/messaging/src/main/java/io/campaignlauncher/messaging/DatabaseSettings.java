package io.campaignlauncher.messaging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the database is, by Spring Boot's names.
 *
 * @param url      JDBC address of a PostgreSQL with {@code wal_level=logical}; the job-service and creators need it, rollback services
 *     share the paces of accounts through it where it is set
 * @param username who logs in to the database
 * @param password of the user of the database
 */
@ConfigurationProperties("spring.datasource")
public record DatabaseSettings(@DefaultValue("") String url, @DefaultValue("") String username,
        @DefaultValue("") String password) {

    /** @throws IllegalStateException where no address is set */
    public DatabaseSettings required() {
        if (url.isBlank()) {
            throw new IllegalStateException("set spring.datasource.url");
        }
        return this;
    }

    /** Says no secret; an address may hold one among its parameters. */
    @Override
    public String toString() {
        return "DatabaseSettings[]";
    }
}
