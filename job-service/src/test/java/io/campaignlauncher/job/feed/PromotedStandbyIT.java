package io.campaignlauncher.job.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.EmbeddedStandby;
import io.campaignlauncher.embedded.Login;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The primary is lost with what it had committed last, and a real standby takes over, while a job is under way. */
class PromotedStandbyIT {

    /** A standby asks ever more seldom, at last twice a minute, whether a slot has moved on. */
    private static final Duration KEPT_WITHIN = Duration.ofMinutes(2);
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    @Test
    void goes_on_with_the_standby_and_has_told_nobody_of_what_that_does_not_know() throws Exception {
        try (var primary = EmbeddedDatabase.start(folder.resolve("primary"));
                var standby = EmbeddedStandby.of(folder.resolve("primary"), folder.resolve("copy"));
                var feeds = new FeedUnderTest(
                        "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port()
                                + "/postgres?targetServerType=primary&hostRecheckSeconds=1",
                        new Login(primary.username(), primary.password()))) {
            feeds.startFeed();
            var before = feeds.acceptAndPass();
            await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(before)).hasSize(4));
            await().atMost(KEPT_WITHIN).until(() -> feeds.gauge("launch.feed.standby.keeps.slot") == 1);
            standby.setOnPrimary("synchronized_standby_slots", EmbeddedStandby.NAME);
            standby.holdBack();
            var lost = feeds.acceptAndPass();

            await().until(() -> feeds.gauge("launch.feed.standby.lag") > 0);
            await("the feed waits for the standby").until(() -> feeds.jdbc.sql("""
                    select exists (select from pg_stat_activity where backend_type = 'walsender'
                        and wait_event = 'WaitForStandbyConfirmation')
                    """).query(Boolean.class).single());
            standby.killPrimary();
            standby.promote();

            await().atMost(TAKEN_OVER_WITHIN).ignoreExceptions().until(feeds::slotIsRead);
            var after = feeds.acceptAndPass();
            await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(after)).hasSize(4));
            assertThat(feeds.eventsOf(before)).as("told again, for tables may lack them").hasSizeGreaterThan(4);
            assertThat(feeds.distinctEventsOf(lost)).isEmpty();
            assertThat(feeds.jdbc.sql("select event_identifier from event_store.domain_events").query(String.class)
                    .list()).containsAll(feeds.seen().stream().map(LaunchRecords.Received::envelope)
                            .filter(envelope -> envelope.sequence() != null).map(Envelope::id).toList());
        }
    }
}
