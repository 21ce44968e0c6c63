package io.campaignlauncher.job.axon;

import io.campaignlauncher.eventstore.CampaignNames;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes rows that can no longer matter, some at a time, and passes over those that somebody is using just now.
 *
 * <ul>
 * <li>{@code campaign_names}: a name whose time to be free has come. {@link CampaignNames} treats such a row as if it were not
 * there, so deleting it changes no decision. The name of a live job has no such time.
 * <li>{@code idempotency_keys}: requests older than the topic keeps their commands. Where the job came to be, its own stored
 * request tells a repeated one from another, over HTTP from the read model and for good in the job itself. Where it did not, its
 * command has been refused or is gone, and nobody waits for it.
 * </ul>
 */
final class OldRows {

    /** Longer than {@code campaign.commands} keeps a request that waits behind a kill switch. */
    static final int KEEP_REQUESTS_DAYS = 45;
    static final Duration KEEP_REQUESTS = Duration.ofDays(KEEP_REQUESTS_DAYS);

    private static final Logger LOG = LoggerFactory.getLogger(OldRows.class);
    private static final Duration KEEP_REQUESTS_MIN = Duration.ofDays(31);
    private static final int AT_ONCE_MAX = 1_000;
    private static final int BATCHES_MAX = 200;

    private static final String NAMES = """
            delete from event_store.campaign_names where (ad_account_id, campaign_name) in (
                select ad_account_id, campaign_name from event_store.campaign_names
                where free_from < now() - interval '1 hour' limit :max for update skip locked)
              and free_from < now()""";
    private static final String REQUESTS = """
            delete from idempotency_keys where job_id in (
                select job_id from idempotency_keys where created_at < now() - :keep * interval '1 millisecond'
                limit :max for update skip locked)""";

    private final JdbcClient jdbc;
    private final Duration keepRequests;

    /** @param keepRequests see {@code launch.keep-requests} */
    OldRows(JdbcClient jdbc, Duration keepRequests) {
        if (keepRequests.compareTo(KEEP_REQUESTS_MIN) < 0) {
            throw new IllegalArgumentException("launch.keep-requests must be longer than the topic of requests keeps "
                    + "them, at least " + KEEP_REQUESTS_MIN.toDays() + " days, not " + keepRequests);
        }
        this.jdbc = jdbc;
        this.keepRequests = keepRequests;
    }

    /** Deletes what is there, up to a bound; what is left is for the next time. */
    void purge() {
        var names = 0;
        var requests = 0;
        for (int batch = 0, deleted = AT_ONCE_MAX; batch < BATCHES_MAX && deleted >= AT_ONCE_MAX; batch++) {
            deleted = jdbc.sql(NAMES).param("max", AT_ONCE_MAX).update();
            names += deleted;
        }
        for (int batch = 0, deleted = AT_ONCE_MAX; batch < BATCHES_MAX && deleted >= AT_ONCE_MAX; batch++) {
            deleted = jdbc.sql(REQUESTS).param("max", AT_ONCE_MAX).param("keep", keepRequests.toMillis()).update();
            requests += deleted;
        }
        if (names + requests > 0) {
            LOG.info("deleted {} campaign names that are free again and {} old requests", names, requests);
        }
    }
}
