package io.campaignlauncher.job.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.EmbeddedStandby;
import io.campaignlauncher.embedded.Login;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The only feed there is reads a primary that falls silent: its connections stay, and a standby takes over. */
class FeedOnSilentPrimaryIT {

    @TempDir
    private Path folder;

    @Test
    void a_feed_whose_primary_fell_silent_goes_on_with_the_one_that_took_over() throws Exception {
        try (var primary = EmbeddedDatabase.start(folder.resolve("primary"));
                var standby = EmbeddedStandby.of(folder.resolve("primary"), folder.resolve("copy"))) {
            var url = "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port()
                    + "/postgres?targetServerType=primary&hostRecheckSeconds=1&connectTimeout=2&socketTimeout=3";
            try (var feeds = new FeedUnderTest(url, new Login(primary.username(), primary.password()))) {
                feeds.startFeed();
                var before = feeds.acceptAndPass();
                await().until(() -> feeds.distinctEventsOf(before).size() == 4);
                standby.awaitSynced("job_feed");

                standby.silencePrimary();
                standby.promote();

                var after = new ArrayList<String>();
                await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> after.add(feeds.acceptAndPass()));
                await().atMost(Duration.ofMinutes(1)).untilAsserted(
                        () -> assertThat(feeds.distinctEventsOf(after.getLast())).hasSize(4));
                feeds.stopFeeds();
            }
        }
    }
}
