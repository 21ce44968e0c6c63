package io.campaignlauncher.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.schemas.AvroEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slots share rows while their job runs, and each is written once when it has settled; the view shows the same all the time. */
class SlotsWrittenOnceIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final int AD_SETS = 50;
    private static final int SLOTS = 1 + 2 * AD_SETS;
    /** The campaign, and 25 ad sets or ads each. */
    private static final int SHARED_ROWS = 5;
    private static final AvroEncoding ENCODING = new AvroEncoding();

    private static ReadModelUnderTest model;

    @BeforeAll
    static void startDatabase() {
        model = new ReadModelUnderTest(TestInfrastructure.database("slots_written_once"));
    }

    @BeforeEach
    void clear() {
        model.clear();
    }

    /** Reported as a creator does: the campaign, the ad sets, the ads. */
    private static ScriptedJob launched(String key) {
        var job = ScriptedJob.accepted("u", key, AD_SETS, T0).preVerified();
        job.created(id -> id.type() == EntityType.CAMPAIGN, List.of(), RoundEnd.NOT_YET);
        job.created(id -> id.type() == EntityType.AD_SET, List.of(), RoundEnd.NOT_YET);
        return job.createdAll().verified();
    }

    @Test
    void a_launch_writes_each_slot_once() {
        var job = launched("k");
        var written = written(() -> job.facts().forEach(fact -> model.apply(List.of(fact))));

        assertThat(model.row(job).settled()).isTrue();
        assertThat(written.get("settled_slots")).isEqualTo(new Written(SLOTS, 0, 0));
        // Asked for, and reported: once each.
        assertThat(written.get("slots_under_way")).isEqualTo(new Written(SHARED_ROWS, 2 * SHARED_ROWS, SHARED_ROWS));
        assertThat(count("entity_creation_slots")).isEqualTo(SLOTS);
    }

    @Test
    void what_has_settled_is_not_read_for_a_launch() {
        model.apply(launched("before"));
        model.jdbc.execute("analyze settled_slots");
        var job = launched("k");
        var reads = "select coalesce(sum(seq_scan), 0) from pg_stat_xact_user_tables where relname = 'settled_slots'";

        var read = model.transaction.execute(_ -> {
            var before = model.jdbc.queryForObject(reads, Long.class);
            job.facts().forEach(fact -> model.apply(List.of(fact)));
            return Objects.requireNonNull(model.jdbc.queryForObject(reads, Long.class))
                    - Objects.requireNonNull(before);
        });

        assertThat(read).isZero();
    }

    @Test
    void a_launch_that_is_known_when_it_has_settled_is_never_under_way() {
        var job = launched("k");
        var written = written(() -> model.apply(job));

        assertThat(written.get("settled_slots")).isEqualTo(new Written(SLOTS, 0, 0));
        assertThat(written.get("slots_under_way")).isEqualTo(new Written(0, 0, 0));
    }

    @Test
    void many_launches_of_one_poll_go_from_one_table_to_the_other() {
        var jobs = new ArrayList<ScriptedJob>();
        for (int i = 0; i < 5; i++) {
            jobs.add(launched("k" + i));
        }
        int events = jobs.getFirst().facts().size();
        poll(jobs, 0, 5);
        assertThat(count("settled_slots")).isZero();
        assertThat(count("slots_under_way")).isEqualTo(5 * SHARED_ROWS);
        poll(jobs, 5, events);
        assertThat(count("slots_under_way")).isZero();
        assertThat(count("settled_slots")).isEqualTo(5 * SLOTS);
        jobs.forEach(job -> assertThat(differences(job, events)).isEmpty());
    }

    private static void poll(List<ScriptedJob> jobs, int from, int to) {
        model.apply(jobs.stream().flatMap(job -> job.facts().subList(from, to).stream()).toList());
    }

    @Test
    void the_view_shows_after_each_event_what_the_events_say_and_slots_keep_their_ids() {
        var job = ScriptedJob.accepted("u", "k", AD_SETS, T0).preVerified();
        job.created(id -> id.number() < 30, List.of(new FailedSlot(new SlotId(EntityType.AD, 37), ScriptedJob.NETWORK)),
                RoundEnd.DONE);
        job.waitEnds().createdAll().waitEndsIfAny().verified();
        model.apply(job.facts().subList(0, 1));
        var ids = ids(job);
        assertThat(ids).hasSize(SLOTS).doesNotHaveDuplicates();
        for (int i = 1; i < job.facts().size(); i++) {
            model.apply(List.of(job.facts().get(i)));
            assertThat(differences(job, i + 1)).as(job.facts().get(i).type()).isEmpty();
            assertThat(ids(job)).isEqualTo(ids);
        }
        assertThat(count("settled_slots")).isEqualTo(SLOTS);
        model.apply(launched("other"));
        assertThat(model.jdbc.queryForObject("select count(distinct id) from entity_creation_slots", Integer.class))
                .isEqualTo(2 * SLOTS);
    }

    @Test
    void an_event_after_the_end_changes_rows_where_they_are() {
        var job = launched("k");
        model.apply(job);
        var later = ScriptedJob.accepted("u", "k", AD_SETS, T0).preVerified()
                .created(_ -> false, List.of(new FailedSlot(new SlotId(EntityType.AD, 3), ScriptedJob.SUSPENDED)),
                        RoundEnd.DONE)
                .facts().stream().filter(fact -> fact.type().equals("SlotsFailed")).findFirst().orElseThrow();
        int next = job.facts().size();

        var written = written(() -> model.apply(List.of(
                StoredEvent.fromTopic(job.jobId(), next, later.at(), later.type(), later.payload()))));

        assertThat(written.get("settled_slots")).isEqualTo(new Written(0, 1, 0));
        assertThat(written.get("slots_under_way")).isEqualTo(new Written(0, 0, 0));
        assertThat(model.jdbc.queryForObject("select slot_number from entity_creation_slots where status = 'failed'",
                Integer.class)).isEqualTo(3);
    }

    @Test
    void the_slots_of_a_job_cannot_stand_in_both_tables() {
        var running = launched("running");
        var settled = launched("settled");
        model.apply(running.facts().subList(0, 4));
        model.apply(settled);
        assertThatThrownBy(() -> model.jdbc.update("insert into settled_slots select * from entity_creation_slots"
                + " where job_id = ? and entity_type = 'ad'", model.row(running).id()))
                .hasMessageContaining("slots of job " + model.row(running).id() + " stand in");
        assertThatThrownBy(() -> model.jdbc.update("insert into slots_under_way (job_id, entity_type, first_number,"
                + " first_id, created_at, entity_name) values (?, 'ad', 1, 1, now(), '{x}')", model.row(settled).id()))
                .hasMessageContaining("slots of job " + model.row(settled).id() + " stand in");
        assertThat(count("entity_creation_slots")).isEqualTo(2 * SLOTS);
    }

    @Test
    void whoever_writes_to_the_view_makes_rows_of_a_jobs_slots_and_launching_goes_on_with_them() {
        var job = launched("k");
        var other = launched("other");
        model.apply(job.facts().subList(0, 4));
        model.apply(other.facts().subList(0, 4));
        var ids = ids(job);
        long id = Objects.requireNonNull(model.row(job).id());

        model.jdbc
                .update("update entity_creation_slots set entity_name = 'mine' where job_id = ? and entity_type = 'ad'"
                        + " and slot_number = 7", id);

        assertThat(count("settled_slots")).isEqualTo(SLOTS);
        assertThat(count("slots_under_way")).isEqualTo(SHARED_ROWS);
        assertThat(ids(job)).isEqualTo(ids);
        assertThat(differences(job, 4)).singleElement().extracting(ReadModelDifference::is).isEqualTo("mine");

        model.jdbc.update("update entity_creation_slots set entity_name = 'Sale k / ad 7' where entity_name = 'mine'");
        for (int i = 4; i < job.facts().size(); i++) {
            model.apply(List.of(job.facts().get(i)));
            assertThat(differences(job, i + 1)).as(job.facts().get(i).type()).isEmpty();
        }
        assertThat(ids(job)).isEqualTo(ids);
        assertThat(count("slots_under_way")).isEqualTo(SHARED_ROWS);
    }

    @Test
    void slots_can_be_added_and_deleted_by_the_view() {
        var job = launched("k");
        model.apply(job.facts().subList(0, 4));
        long id = Objects.requireNonNull(model.row(job).id());
        assertThat(model.jdbc.update("delete from entity_creation_slots where job_id = ? and entity_type = 'ad_set'"
                + " and slot_number in (2, 3)", id)).isEqualTo(2);
        model.jdbc.update("insert into entity_creation_slots (job_id, slot_number, entity_type, entity_name, status,"
                + " retry_count, created_at, updated_at, adopted) values (?, 99, 'ad', 'x', 'created', 0, now(), now(), false)",
                id);
        assertThat(differences(job, 4)).containsExactlyInAnyOrder(ReadModelDifference.missing(job.jobId(), "ad_set 2"),
                ReadModelDifference.missing(job.jobId(), "ad_set 3"),
                ReadModelDifference.surplus(job.jobId(), "ad 99"));
        assertThat(ids(job)).hasSize(SLOTS - 1).doesNotHaveDuplicates().doesNotContainNull();
    }

    @Test
    void the_release_before_and_this_one_take_turns() {
        var before = new ReleaseBefore(model);
        for (int first = 0; first < 2; first++) {
            var job = launched("turns" + first);
            for (int i = 0; i < job.facts().size(); i++) {
                var fact = List.of(job.facts().get(i));
                if (i % 2 == first) {
                    before.apply(fact);
                } else {
                    model.apply(fact);
                }
                assertThat(differences(job, i + 1)).as(first + " " + fact.getFirst().type()).isEmpty();
            }
            assertThat(ids(job)).hasSize(SLOTS).doesNotHaveDuplicates();
        }
        assertThat(count("slots_under_way")).isZero();
    }

    @Test
    void jobs_of_every_size_are_shown_whole() {
        for (int adSets : List.of(1, 24, 25, 26, 51, 200)) {
            var job = ScriptedJob.accepted("u", "k" + adSets, adSets, T0).preVerified();
            model.apply(job);
            assertThat(differences(job, job.facts().size())).isEmpty();
            assertThat(ids(job)).hasSize(1 + 2 * adSets).doesNotHaveDuplicates();
            assertThat(model.row(job).slots()).hasSize(1 + 2 * adSets);
        }
    }

    /** Rows of a table by what was done to them. */
    private record Written(long inserted, long updated, long deleted) {

        Written minus(Written other) {
            return new Written(inserted - other.inserted, updated - other.updated, deleted - other.deleted);
        }
    }

    private static Map<String, Written> written(Runnable work) {
        return Objects.requireNonNull(model.transaction.execute(_ -> {
            var before = written();
            work.run();
            var after = written();
            after.replaceAll((table, now) -> now.minus(before.getOrDefault(table, new Written(0, 0, 0))));
            return after;
        }));
    }

    /** By this connection since it last told the statistics. */
    private static Map<String, Written> written() {
        return model.jdbc.query("select relname, n_tup_ins, n_tup_upd, n_tup_del from pg_stat_xact_user_tables",
                (row, _) -> Map.entry(row.getString(1), new Written(row.getLong(2), row.getLong(3), row.getLong(4))))
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Where the tables, by the view, are not as the first events of the job say. */
    private static List<ReadModelDifference> differences(ScriptedJob job, int events) {
        var replayed = new ReplayedJob(job.jobId());
        job.facts().subList(0, events).forEach(fact -> replayed.apply(fact.sequence(), fact.at(),
                ENCODING.decode(fact.type(), fact.payload())));
        var found = new ArrayList<ReadModelDifference>();
        model.jdbc.execute((java.sql.Connection connection) -> {
            new LiveTables(connection).compare(List.of(replayed), found::add);
            return true;
        });
        return found;
    }

    private static List<Long> ids(ScriptedJob job) {
        return model.jdbc.queryForList("""
                select s.id from entity_creation_slots s join campaign_creation_jobs j on j.id = s.job_id
                where j.job_uuid = ? order by s.entity_type, s.slot_number""", Long.class, job.jobId());
    }

    private static int count(String table) {
        return Objects.requireNonNull(model.jdbc.queryForObject("select count(*) from " + table, Integer.class));
    }
}
