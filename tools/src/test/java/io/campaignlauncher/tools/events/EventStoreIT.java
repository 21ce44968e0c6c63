package io.campaignlauncher.tools.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.tools.LaunchedJob;
import io.campaignlauncher.tools.StoreUnderTest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStoreIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static StoreUnderTest database;

    private final AvroEncoding encoding = new AvroEncoding();
    private final LaunchedJob completed = LaunchedJob.completed("completed", 3, 0);
    private final LaunchedJob rolledBack = LaunchedJob.rolledBack("rolled-back", 2, 1);

    @BeforeAll
    static void start() throws SQLException {
        database = new StoreUnderTest("event_store_reading");
    }

    @BeforeEach
    void store() throws SQLException {
        database.clear();
        database.store(completed, rolledBack);
    }

    @Test
    void gives_every_event_word_for_word_in_the_order_of_the_index() throws SQLException {
        var events = all();
        assertThat(events).hasSize(completed.events().size() + rolledBack.events().size());
        assertThat(events).extracting(StoredEvent::globalIndex).isSorted().doesNotHaveDuplicates();
        for (var job : List.of(completed, rolledBack)) {
            var stored = events.stream().filter(event -> event.jobId().equals(job.jobId().toString())).toList();
            assertThat(stored).usingRecursiveFieldByFieldElementComparatorIgnoringFields("globalIndex")
                    .isEqualTo(job.events());
        }
    }

    @Test
    void reads_an_empty_store() throws SQLException {
        database.clear();
        assertThat(all()).isEmpty();
        try (var store = EventStore.open(database.address()); var cursor = store.of(UUID.randomUUID())) {
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void a_cursor_for_folding_tells_the_same_of_what_it_tells() throws SQLException {
        var events = all();
        try (var store = EventStore.open(database.address()); var cursor = store.forFolding()) {
            for (var event : events) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.globalIndex()).isEqualTo(event.globalIndex());
                assertThat(cursor.jobId()).hasToString(event.jobId());
                assertThat(cursor.sequence()).isEqualTo(event.sequence());
                assertThat(cursor.time()).isEqualTo(Instant.parse(event.time()));
                assertThat(cursor.type()).isEqualTo(event.type());
            }
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void a_history_makes_the_state_that_the_job_had() throws SQLException {
        try (var store = EventStore.open(database.address())) {
            for (var job : List.of(completed, rolledBack)) {
                var replayed = RecordedJob.unseen(job.jobId());
                for (var event : Histories.of(store, job.jobId(), encoding)) {
                    replayed = replayed.after(event);
                }
                assertThat(replayed.state()).isEqualTo(job.state());
            }
        }
    }

    @Test
    void a_history_without_one_of_its_events_is_refused() throws SQLException {
        database.execute("delete from event_store.domain_events where sequence_number = 2");
        try (var store = EventStore.open(database.address())) {
            assertThatThrownBy(() -> Histories.of(store, completed.jobId(), encoding))
                    .isInstanceOf(OperationRefused.class).hasMessageContaining("event 2 of job " + completed.jobId());
        }
    }

    @Test
    void shows_one_moment_over_all_its_connections() throws SQLException {
        var before = all().size();
        try (var store = EventStore.open(database.address()); var further = store.sameMoment()) {
            var late = LaunchedJob.begun("late", 1, 9);
            database.store(late);
            assertThat(count(store.all())).isEqualTo(before);
            try (var cursor = EventStore.of(further, late.jobId())) {
                assertThat(cursor.next()).isFalse();
            }
        }
        assertThat(all().size()).isGreaterThan(before);
    }

    @Test
    void sorts_nothing() throws SQLException {
        database.execute("analyze event_store.domain_events");
        try (var store = EventStore.open(database.address())) {
            for (var sql : List.of(EventStore.sqlOfAll(EventStoreSchema.LAUNCHES, EventCursor.Columns.FOR_FOLDING, ""),
                    EventStore.sqlOf(completed.jobId()))) {
                var plan = new ArrayList<String>();
                try (var statement = store.connection().createStatement();
                        var line = statement.executeQuery("explain " + sql)) {
                    while (line.next()) {
                        plan.add(line.getString(1));
                    }
                }
                assertThat(plan).as(sql).anyMatch(line -> line.contains("Index Scan"))
                        .noneMatch(line -> line.contains("Sort"));
            }
        }
    }

    @Test
    void a_cursor_over_all_that_is_left_early_makes_postgresql_stop() throws SQLException {
        try (var store = EventStore.open(database.address())) {
            try (var cursor = store.all()) {
                assertThat(cursor.next()).isTrue();
            }
            assertThatThrownBy(store::at).as("a cancelled COPY ends its transaction").isInstanceOf(SQLException.class);
        }
        assertThat(all()).isNotEmpty();
    }

    @Test
    void a_cursor_over_one_job_that_is_left_early_does_no_harm() throws SQLException {
        try (var store = EventStore.open(database.address())) {
            try (var cursor = store.of(completed.jobId())) {
                assertThat(cursor.next()).isTrue();
            }
            assertThat(store.at()).isNotNull();
        }
    }

    @Test
    void waits_for_writers_that_took_an_index_and_for_no_others() throws Exception {
        var late = LaunchedJob.begun("late", 1, 9).events().getFirst();
        try (var writer = database.connect()) {
            writer.setAutoCommit(false);
            StoreUnderTest.store(writer, late);
            database.store(LaunchedJob.begun("later", 1, 9));
            var opened = CompletableFuture.supplyAsync(() -> {
                try {
                    return EventStore.openSettled(database.address(), EventStoreSchema.LAUNCHES, PATIENCE);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().atMost(PATIENCE).until(() -> looksAtLocks());
            assertThat(opened).isNotDone();
            writer.commit();
            try (var settled = opened.join()) {
                var there = new ArrayList<String>();
                try (var cursor = settled.store().near(new TimeRange(null, null), settled.lastGlobalIndex())) {
                    while (cursor.next()) {
                        there.add(cursor.event().eventId());
                    }
                }
                assertThat(there).contains(late.eventId());
            }
        }
    }

    @Test
    void gives_up_on_a_writer_that_never_ends() throws Exception {
        try (var writer = database.connect()) {
            writer.setAutoCommit(false);
            StoreUnderTest.store(writer, LaunchedJob.begun("late", 1, 9).events().getFirst());
            assertThatThrownBy(
                    () -> EventStore.openSettled(database.address(), EventStoreSchema.LAUNCHES, Duration.ZERO))
                    .isInstanceOf(OperationRefused.class).hasMessageContaining("transaction");
        }
    }

    private boolean looksAtLocks() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select count(*) from pg_stat_activity where datname = current_database()
                        and application_name like 'campaign-tools%' and query like '%pg_locks%'
                        and pid <> pg_backend_pid()""")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    private static List<StoredEvent> all() throws SQLException {
        var events = new ArrayList<StoredEvent>();
        try (var store = EventStore.open(database.address()); var cursor = store.all()) {
            while (cursor.next()) {
                events.add(cursor.event());
            }
        }
        return events;
    }

    private static int count(EventCursor cursor) throws SQLException {
        int count = 0;
        while (cursor.next()) {
            count++;
        }
        return count;
    }
}
