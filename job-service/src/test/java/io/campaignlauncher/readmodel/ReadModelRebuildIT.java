package io.campaignlauncher.readmodel;

import static io.campaignlauncher.readmodel.ScriptedJob.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.view.TestInfrastructure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

class ReadModelRebuildIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static ReadModelUnderTest model;

    private final List<ScriptedJob> jobs = new ArrayList<>();

    @BeforeAll
    static void startDatabase() {
        model = new ReadModelUnderTest(TestInfrastructure.database("rebuild"));
    }

    @BeforeEach
    void storeSomeHistories() {
        model.clear();
        jobs.clear();
        for (int i = 0; i < 20; i++) {
            var request = ScriptedJob.request("u" + i % 3, "k" + i, 1 + i % 4, RollbackPolicy.AUTOMATIC);
            var job = ScriptedJob.accepted(i % 5 == 0 ? request.ownedBy(new Ownership("acme", "ann")) : request,
                    T0.plusSeconds(i));
            switch (i % 4) {
                case 0 -> job.completed();
                case 1 -> job.refusedBecauseSuspended();
                case 2 -> job.preVerified()
                        .created(id -> id.number() == 1 && id.type() != EntityType.AD,
                                List.of(new FailedSlot(new SlotId(EntityType.AD, 1), SUSPENDED)), RoundEnd.DONE)
                        .deletedAll();
                default -> job.preVerified();
            }
            jobs.add(job);
        }
        model.store(jobs);
        var shuffled = new ArrayList<>(jobs);
        Collections.shuffle(shuffled, new Random(7));
        shuffled.forEach(model::apply);
    }

    @Test
    void makes_the_same_tables_that_the_topic_made() {
        assertThat(model.rebuild.differences()).isEmpty();
        var before = content();
        model.rebuild.rebuild();
        assertThat(content()).isEqualTo(before);
        assertThat(model.rebuild.differences()).isEmpty();
    }

    @Test
    void says_whose_each_job_is_before_and_after_and_finds_a_row_that_says_another() {
        var whose = "select tenant || ' ' || owner as whose, count(*) from campaign_creation_jobs group by 1 order by 1";
        assertThat(model.jdbc.queryForList(whose).toString()).contains("acme ann, count=4", "local local, count=16");
        model.jdbc.update("update campaign_creation_jobs set owner = 'bob' where tenant = 'acme'");
        assertThat(model.rebuild.differences()).hasSize(4).allMatch(line -> line.contains("owner"));
        model.rebuild.rebuild();
        assertThat(model.jdbc.queryForList(whose).toString()).contains("acme ann, count=4", "local local, count=16");
    }

    @Test
    void makes_tables_anew_that_were_emptied() {
        model.jdbc.execute("truncate campaign_creation_jobs, settled_slots, slots_under_way,"
                + " pre_creation_verifications");
        assertThat(model.rebuild.differences()).isNotEmpty().allMatch(line -> line.contains("only in the event store"));
        model.rebuild.rebuild();
        assertThat(model.rebuild.differences()).isEmpty();
        assertThat(count("campaign_creation_jobs")).isEqualTo(20);
    }

    @Test
    void tells_every_row_that_differs_and_mends_it() {
        var job = jobs.getFirst();
        model.jdbc.update("update campaign_creation_jobs set retry_count = 9 where job_uuid = ?", job.jobId());
        model.jdbc.update("update entity_creation_slots set status = 'failed' where job_id = ? and entity_type = 'ad'",
                model.row(job).id());
        model.jdbc.update("delete from pre_creation_verifications where job_id = ?", model.row(job).id());
        assertThat(model.rebuild.differences()).containsExactlyInAnyOrder(
                job.jobId() + ": [retry_count is 9 instead of 0]",
                job.jobId() + " ad 1: [status is \"failed\" instead of \"created\"]",
                job.jobId() + " attempt 1: only in the event store");
        model.rebuild.rebuild();
        assertThat(model.rebuild.differences()).isEmpty();
    }

    @Test
    void jobs_keep_their_numbers_and_new_ones_get_new_numbers() {
        var highest = model.jdbc.queryForObject("select max(id) from campaign_creation_jobs", Long.class);
        model.rebuild.rebuild();
        var next = ScriptedJob.accepted("u", "next", 2, T0);
        model.apply(next);
        assertThat(model.row(next).id()).isGreaterThan(highest);
        assertThat(model.row(next).slots()).hasSize(5);
    }

    @Test
    void events_that_come_afterwards_go_on_from_the_new_tables() {
        var job = jobs.get(3);
        model.rebuild.rebuild();
        job.createdAll().verified();
        model.apply(job);
        assertThat(model.row(job).get(JobColumn.STATUS)).isEqualTo("completed");
    }

    @Test
    void keeps_keys_indexes_grants_and_the_tie_between_jobs_and_slots() {
        TestInfrastructure.administrator().sql("create role operator_for_test").update();
        model.jdbc.execute("grant select on campaign_creation_jobs, entity_creation_slots to operator_for_test");
        var before = definitions();
        model.rebuild.rebuild();
        assertThat(definitions()).isEqualTo(before);
        assertThat(before).anyMatch(line -> line.contains("operator_for_test"))
                .anyMatch(line -> line.contains("ON DELETE CASCADE")).contains("campaign, ad_set or ad")
                .anyMatch(line -> line.contains("INSTEAD OF INSERT"))
                .anyMatch(line -> line.contains("slots_stand_once"));
        model.jdbc.execute("revoke all on campaign_creation_jobs, entity_creation_slots from operator_for_test");
        TestInfrastructure.administrator().sql("drop role operator_for_test").update();
    }

    @Test
    void changes_nothing_where_a_view_was_built_on_the_tables() {
        model.jdbc.execute("create view of_operators as select id from campaign_creation_jobs");
        try {
            var before = content();
            assertThatThrownBy(() -> model.rebuild.rebuild()).isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("of_operators");
            assertThat(content()).isEqualTo(before);
        } finally {
            model.jdbc.execute("drop view of_operators");
        }
        model.rebuild.rebuild();
    }

    @Test
    void a_view_of_the_view_of_slots_shows_the_new_tables() {
        model.jdbc.execute("create view of_slots as select count(*) as slots from entity_creation_slots");
        try {
            var before = count("of_slots where slots > 0");
            model.jdbc.execute("truncate settled_slots");
            model.rebuild.rebuild();
            assertThat(count("of_slots where slots > 0")).isEqualTo(before).isEqualTo(1);
            assertThat(model.jdbc.queryForObject("select slots from of_slots", Integer.class))
                    .isEqualTo(count("entity_creation_slots"));
        } finally {
            model.jdbc.execute("drop view of_slots");
        }
    }

    @Test
    void loses_nothing_that_is_written_meanwhile() {
        var late = new ArrayList<ScriptedJob>();
        for (int i = 0; i < 60; i++) {
            late.add(ScriptedJob.accepted("late", "l" + i, 3, T0).completed());
        }
        var writing = new AtomicBoolean(true);
        var writer = CompletableFuture.runAsync(() -> {
            for (var job : late) {
                model.store(job.facts());
                model.transaction.executeWithoutResult(_ -> {
                    SwapLock.shareWithWriters(model.jdbc);
                    model.apply(job);
                });
            }
            writing.set(false);
        });
        int rebuilds = 0;
        while (writing.get() || rebuilds == 0) {
            model.rebuild.rebuild();
            rebuilds++;
            if (writer.isCompletedExceptionally()) {
                break;
            }
        }
        writer.join();
        assertThat(count("campaign_creation_jobs")).isEqualTo(80);
        assertThat(model.rebuild.differences()).isEmpty();
    }

    @Test
    void takes_in_what_was_written_right_before_the_swap() {
        var late = ScriptedJob.accepted("late", "l", 3, T0).completed();
        var rebuild = model.transaction.execute(_ -> {
            SwapLock.shareWithWriters(model.jdbc);
            var running = CompletableFuture.runAsync(model.rebuild::rebuild);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> running.isDone() || model.jdbc.queryForObject(
                            "select count(*) from pg_locks where locktype = 'advisory' and not granted",
                            Integer.class) == 1);
            model.store(late.facts());
            model.apply(late);
            return running;
        });
        rebuild.join();
        assertThat(model.row(late).get(JobColumn.STATUS)).isEqualTo("completed");
        assertThat(model.rebuild.differences()).isEmpty();
    }

    private static int count(String table) {
        return model.jdbc.queryForObject("select count(*) from " + table, Integer.class);
    }

    private static List<String> content() {
        return model.jdbc.queryForList("""
                select to_jsonb(t)::text from campaign_creation_jobs t
                union all select (to_jsonb(t) - 'id')::text from entity_creation_slots t
                union all select (to_jsonb(t) - 'id')::text from pre_creation_verifications t order by 1""",
                String.class);
    }

    private static List<String> definitions() {
        return model.jdbc.queryForList("""
                select indexname || ' ' || indexdef from pg_indexes where schemaname = 'public'
                union all select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
                          where connamespace = 'public'::regnamespace
                union all select relname || ' ' || coalesce(relacl::text, '') || ' '
                                 || coalesce(obj_description(oid, 'pg_class'), '')
                          from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S', 'v')
                union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
                union all select viewname || ' ' || definition from pg_views where schemaname = 'public'
                union all select col_description(attrelid, attnum) from pg_attribute
                          where attrelid = 'entity_creation_slots'::regclass and attnum > 0
                            and col_description(attrelid, attnum) is not null
                order by 1""", String.class);
    }
}
