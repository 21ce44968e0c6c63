package io.campaignlauncher.job.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.axon.JobHost;
import io.campaignlauncher.job.axon.Requests;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.view.TestInfrastructure;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may happen to the change feed's slot, and to the feed itself, between the real database and the real broker. */
class FeedFaultsIT {

    private static final String NOBODY_LISTENS = "127.0.0.1:1";
    /** A checkpoint takes as long as the disk does. */
    private static final Duration CHECKPOINTS_MAX = Duration.ofMinutes(1);
    private static FeedUnderTest feeds;

    @BeforeAll
    static void startInfrastructure() throws Exception {
        feeds = new FeedUnderTest("feed_troubles");
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
    void finishes_a_catch_up_that_was_cut_short() throws Exception {
        var missed = missedWithoutASlot();
        var cutShort = feeds.feed(NOBODY_LISTENS);
        cutShort.start();
        await().until(feeds::slotExists);
        cutShort.stop();

        feeds.startFeed();

        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(missed)).hasSize(4));
        var after = feeds.acceptAndPass();
        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(after)).hasSize(4));
    }

    @Test
    void lets_no_other_instance_read_before_a_catch_up_is_finished() throws Exception {
        var missed = missedWithoutASlot();
        var catchingUp = feeds.feed(NOBODY_LISTENS);
        catchingUp.start();
        await().until(feeds::slotExists);

        feeds.startFeed();
        var meanwhile = feeds.acceptAndPass();
        catchingUp.stop();

        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(missed)).hasSize(4));
        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(meanwhile)).hasSize(4));
    }

    @Test
    void catches_up_when_the_database_has_thrown_away_what_the_slot_needs() {
        var first = feeds.startFeed();
        var before = feeds.acceptAndPass();
        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(before)).hasSize(4));
        first.stop();
        var missed = feeds.acceptAndPass();
        setting("idle_replication_slot_timeout = '1s'");
        try {
            await().atMost(CHECKPOINTS_MAX).until(() -> {
                TestInfrastructure.administrator().sql("checkpoint").update();
                return feeds.jdbc.sql("select wal_status from pg_replication_slots where slot_name = 'job_feed'")
                        .query(String.class).single().equals("lost");
            });
        } finally {
            setting("idle_replication_slot_timeout = 0");
        }

        feeds.startFeed();

        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(missed)).hasSize(4));
    }

    @Test
    void its_slot_is_one_that_a_standby_keeps() throws Exception {
        feeds.dropSlot();

        feeds.startFeed();

        await().until(feeds::slotIsRead);
        assertThat(feeds.standbysKeepTheSlot()).isTrue();
    }

    @Test
    void a_slot_of_an_earlier_version_is_kept_by_standbys_from_then_on_and_nothing_of_it_is_missed() throws Exception {
        feeds.startFeed();
        var before = feeds.acceptAndPass();
        await().untilAsserted(() -> assertThat(feeds.eventsOf(before)).hasSize(4));
        feeds.stopFeeds();
        feeds.dropSlot();
        feeds.jdbc.sql("select pg_create_logical_replication_slot('job_feed', 'pgoutput')").query().listOfRows();
        var missed = feeds.acceptAndPass();

        feeds.startFeed();

        await().untilAsserted(() -> assertThat(feeds.eventsOf(missed)).hasSize(4));
        assertThat(feeds.standbysKeepTheSlot()).isTrue();
        assertThat(feeds.eventsOf(before)).as("of a slot that is made anew they would come again").hasSize(4);
    }

    @Test
    void lets_go_of_the_log_that_others_fill_while_no_job_is_under_way() throws Exception {
        feeds.startFeed();
        var before = feeds.acceptAndPass();
        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(before)).hasSize(4));

        var database = feeds.servers.database();
        try (var other = DriverManager.getConnection(database.createDatabase("noise"), database.username(),
                database.password());
                var statement = other.createStatement()) {
            statement.execute("drop table if exists noise");
            statement.execute(
                    "create table noise as select repeat(md5(i::text), 30) from generate_series(1, 100000) i");
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> feeds.jdbc.sql("""
                select pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn) from pg_replication_slots
                where slot_name = 'job_feed'
                """).query(Long.class).single() < 1 << 20);
    }

    @Test
    void ends_wherever_in_its_start_it_is_stopped() {
        var random = new Random(9);
        for (int i = 0; i < 12; i++) {
            var feed = feeds.startFeed();
            await().pollDelay(Duration.ofMillis(random.nextInt(600))).until(() -> true);

            feed.stop();

            assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().equals("change-feed"));
            await().until(() -> !feeds.slotIsRead());
        }
    }

    @Test
    void mends_a_publication_that_was_dropped() {
        feeds.startFeed();
        var before = feeds.acceptAndPass();
        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(before)).hasSize(4));
        feeds.jdbc.sql("drop publication job_feed").update();

        var after = feeds.acceptAndPass();

        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(after)).hasSize(4));
    }

    @Test
    void reads_through_the_address_as_the_driver_reads_it() throws Exception {
        var database = feeds.servers.database();
        var address = feeds.databaseUrl().substring("jdbc:postgresql://".length());
        var url = "jdbc:postgresql://" + NOBODY_LISTENS + "," + address.substring(0, address.indexOf('/'))
                + address.substring(address.indexOf('/')).replaceFirst("\\?.*", "")
                + "?targetServerType=primary&user=" + database.username()
                + "&password=" + database.password() + "&options=-c%20statement_timeout%3D1500%20-c%20work_mem%3D1MB";

        feeds.feedThrough(url).start();

        var jobId = feeds.acceptAndPass();
        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(jobId)).hasSize(4));
        await().until(() -> feeds.latestProgress().stalledFor().toMillis() < 1000);
    }

    @Test
    void does_not_get_on_where_the_database_user_may_not_replicate() throws Exception {
        feeds.dropSlot();
        TestInfrastructure.administrator().sql("""
                do $$ begin
                    if not exists (select from pg_roles where rolname = 'no_replication') then
                        create role no_replication login password 'secret';
                    end if;
                end $$""").update();
        feeds.jdbc.sql("grant usage on schema event_store to no_replication").update();
        feeds.jdbc.sql("grant all on all tables in schema event_store to no_replication").update();

        feeds.feedAs("no_replication", "secret").start();

        await().until(() -> feeds.latestProgress().heldUpBy() != null);
        assertThat(feeds.latestProgress().heldUpBy()).contains("alter role … replication");
        assertThat(feeds.slotExists()).isFalse();
    }

    @Test
    void says_that_the_log_does_not_hold_what_it_needs_and_gets_on_once_it_does() throws Exception {
        feeds.dropSlot();
        feeds.jdbc.sql("create schema if not exists another_server").update();
        feeds.jdbc.sql("create function another_server.current_setting(text) returns text return 'replica'").update();
        var login = "user=" + feeds.servers.database().username() + "&password=" + feeds.servers.database().password();

        feeds.feedThrough(feeds.databaseUrl() + (feeds.databaseUrl().contains("?") ? "&" : "?") + login
                + "&options=-c%20search_path%3Danother_server,pg_catalog").start();

        await().until(() -> feeds.latestProgress().heldUpBy() != null);
        assertThat(feeds.latestProgress().heldUpBy()).contains("wal_level is replica", "set wal_level = logical");
        assertThat(feeds.slotExists()).isFalse();
        feeds.jdbc.sql("drop function another_server.current_setting(text)").update();
        await().until(() -> feeds.latestProgress().heldUpBy() == null);
    }

    @Test
    void two_installations_in_two_databases_of_a_server_do_not_meet() throws Exception {
        feeds.startFeed();
        await().until(feeds::slotIsRead);
        var database = feeds.servers.database();
        var url = database.createDatabase("other_installation");
        var other = new JobHost(url, database.username(), database.password(),
                JobPolicy.defaults(Duration.ofSeconds(1)));
        try {
            feeds.feedOf(other, url).start();
            var theirs = FeedUnderTest.acceptAndPass(other, Requests.forAll("elsewhere", 3));
            var ours = feeds.acceptAndPass();

            await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(theirs)).hasSize(4));
            await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(ours)).hasSize(4));
            assertThat(feeds.jdbc.sql("""
                    select database || ' ' || replace(slot_name, '_' || d.oid::text, '_its-number')
                    from pg_replication_slots join pg_database d on d.datname = database
                    """).query(String.class).list())
                    .containsExactlyInAnyOrder("feed_troubles job_feed", "other_installation job_feed_its-number");
        } finally {
            feeds.stopFeeds();
            await().ignoreExceptions().until(() -> feeds.jdbc.sql("""
                    select pg_drop_replication_slot(slot_name) from pg_replication_slots
                    where database = 'other_installation'
                    """).query().listOfRows().size() == 1);
            other.close();
        }
    }

    @Test
    void a_feed_that_stands_by_gets_on_as_long_as_another_reads() {
        feeds.startFeed();
        await().until(feeds::slotIsRead);

        feeds.startFeed();

        var begun = System.nanoTime();
        await().until(() -> Duration.ofNanos(System.nanoTime() - begun).minus(feeds.latestProgress().stalledFor())
                .toSeconds() >= 2);
    }

    /** Something was stored while there was neither a reader nor a slot. */
    private String missedWithoutASlot() throws Exception {
        var first = feeds.startFeed();
        var before = feeds.acceptAndPass();
        await().untilAsserted(() -> assertThat(feeds.distinctEventsOf(before)).hasSize(4));
        first.stop();
        var missed = feeds.acceptAndPass();
        feeds.dropSlot();
        return missed;
    }

    private static void setting(String text) {
        TestInfrastructure.administrator().sql("alter system set " + text).update();
        TestInfrastructure.administrator().sql("select pg_reload_conf()").query().listOfRows();
    }
}
