package io.campaignlauncher.job.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.campaignlauncher.schemas.CreateEntities;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The change feed between the real write-ahead log and the real broker. */
class ChangeFeedIT {

    private static FeedUnderTest feeds;

    @BeforeAll
    static void startInfrastructure() throws Exception {
        feeds = new FeedUnderTest("change_feed");
    }

    @AfterAll
    static void close() throws Exception {
        feeds.close();
    }

    @AfterEach
    void stopFeeds() throws Exception {
        feeds.stopFeeds();
    }

    @Test
    void publishes_every_event_of_a_job_in_order_and_the_command_it_holds() {
        feeds.startFeed();
        var jobId = feeds.acceptAndPass();

        await().until(() -> feeds.eventsOf(jobId).size() == 4);
        assertThat(feeds.eventsOf(jobId)).extracting(r -> r.message().getSchema().getName())
                .containsExactly("JobAccepted", "PreVerificationRequested", "PreVerificationCompleted",
                        "CreationRequested");
        assertThat(feeds.eventsOf(jobId)).extracting(r -> r.envelope().sequence()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(feeds.eventsOf(jobId))
                .allSatisfy(r -> assertThat(r.envelope().correlationId()).isEqualTo("correlation"));
        await().until(() -> commandOf(jobId) != null);
        assertThat(commandOf(jobId).getAdSets()).hasSize(3);
        assertThat(commandOf(jobId).getAds()).hasSize(3)
                .allSatisfy(ad -> assertThat(ad.getAdSetSlotNumber()).isPositive());
    }

    @Test
    void goes_on_after_a_restart_and_loses_nothing_that_was_stored_meanwhile() throws Exception {
        var first = feeds.startFeed();
        var before = feeds.acceptAndPass();
        await().until(() -> feeds.eventsOf(before).size() == 4);
        first.stop();
        var meanwhile = feeds.acceptAndPass();

        feeds.startFeed();

        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(meanwhile)).hasSize(4));
    }

    @Test
    void a_second_feed_takes_over_when_the_first_one_stops() {
        var first = feeds.startFeed();
        feeds.startFeed();
        var before = feeds.acceptAndPass();
        await().until(() -> feeds.distinctEventsOf(before).size() == 4);

        first.stop();
        var after = feeds.acceptAndPass();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(feeds.distinctEventsOf(after)).hasSize(4));
    }

    @Test
    void knocks_at_no_slot_that_another_one_reads_and_says_once_that_it_stands_by() {
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var loggers = Stream.of("io.campaignlauncher.changefeed", "io.debezium")
                .map(name -> (Logger) LoggerFactory.getLogger(name)).toList();
        loggers.forEach(logger -> logger.addAppender(lines));
        try {
            // All find a slot that is free, at the same moment; and again when whoever reads it stops.
            var running = Stream.generate(feeds::startFeed).limit(4).toList();
            await().until(() -> told(lines, "another instance reads the slot") == 3);
            for (var feed : running.subList(0, 3)) {
                feed.stop();
                await().until(feeds::slotIsRead);
            }
            var after = feeds.acceptAndPass();
            await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(after)).hasSize(4));
        } finally {
            loggers.forEach(logger -> logger.detachAppender(lines));
        }
        assertThat(told(lines, "another instance reads the slot")).isEqualTo(3);
        assertThat(List.copyOf(lines.list)).filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.ERROR)
                || line.getFormattedMessage().contains("is active for PID")).isEmpty();
    }

    private static long told(ListAppender<ILoggingEvent> lines, String what) {
        return List.copyOf(lines.list).stream().filter(line -> line.getFormattedMessage().contains(what)).count();
    }

    @Test
    void publishes_what_comes_after_a_long_rest() {
        feeds.startFeed();
        for (int i = 0; i < 3; i++) {
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);

            var jobId = feeds.acceptAndPass();

            await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(jobId)).hasSize(4));
        }
    }

    @Test
    void catches_up_from_the_table_when_the_slot_is_lost() {
        var first = feeds.startFeed();
        var before = feeds.acceptAndPass();
        await().until(() -> feeds.distinctEventsOf(before).size() == 4);
        first.stop();
        var meanwhile = feeds.acceptAndPass();
        feeds.dropSlot();

        feeds.startFeed();

        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(meanwhile)).hasSize(4));
        var after = feeds.acceptAndPass();
        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(after)).hasSize(4));
    }

    @Test
    void keeps_the_order_of_each_job_when_many_are_stored_at_once() {
        feeds.startFeed();
        var ids = IntStream.range(0, 50).parallel().mapToObj(_ -> feeds.acceptAndPass()).toList();

        await().untilAsserted(
                () -> assertThat(ids)
                        .allSatisfy(id -> assertThat(feeds.eventsOf(id)).extracting(r -> r.envelope().sequence())
                                .containsExactly(0L, 1L, 2L, 3L)));
    }

    private static CreateEntities commandOf(String jobId) {
        return feeds.seen().stream().filter(r -> r.message() instanceof CreateEntities c && c.getJobId().equals(jobId))
                .map(r -> (CreateEntities) r.message()).findFirst().orElse(null);
    }
}
