package io.campaignlauncher.readmodel;

import static io.campaignlauncher.readmodel.ScriptedJob.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.ErrorKind;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.view.TestInfrastructure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProjectionIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static ReadModelUnderTest model;

    @BeforeAll
    static void startDatabase() {
        model = new ReadModelUnderTest(TestInfrastructure.database("projection"));
    }

    @BeforeEach
    void clear() {
        model.clear();
    }

    @Test
    void comes_to_the_same_rows_event_by_event_and_all_at_once() {
        var job = ScriptedJob.accepted("u", "k", 3, T0).preVerified();
        job.created(id -> id.number() < 3, List.of(new FailedSlot(new SlotId(EntityType.AD, 3), NETWORK)),
                RoundEnd.DONE);
        job.waitEnds().createdAll().waitEndsIfAny().verified();
        model.apply(job);
        var atOnce = content();
        model.clear();
        job.facts().forEach(fact -> model.apply(List.of(fact)));
        assertThat(content()).isEqualTo(atOnce);
        assertThat(atOnce.get("jobs")).hasSize(1);
        assertThat(atOnce.get("slots")).hasSize(7);
        assertThat(atOnce.get("verifications")).hasSize(1);
        assertThat(model.row(job).get(JobColumn.STATUS)).isEqualTo("completed");
    }

    @Test
    void a_repeated_poll_changes_nothing() {
        var job = ScriptedJob.accepted("u", "k", 3, T0).completed();
        model.apply(job);
        var before = content();
        model.apply(job);
        model.apply(job.facts().subList(2, 5));
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void a_poll_may_repeat_some_events_and_bring_new_ones() {
        var job = ScriptedJob.accepted("u", "k", 3, T0).completed();
        model.apply(job.facts().subList(0, 4));
        model.apply(job.facts().subList(1, job.facts().size()));
        assertThat(model.row(job).get(JobColumn.STATUS)).isEqualTo("completed");
        assertThat(model.row(job).version()).isEqualTo(job.facts().size() - 1);
    }

    @Test
    void many_jobs_of_one_poll_do_not_mix() {
        var jobs = new ArrayList<ScriptedJob>();
        var facts = new ArrayList<StoredEvent>();
        for (int i = 1; i <= 30; i++) {
            jobs.add(ScriptedJob.accepted("u" + i, "k", i, T0).completed());
        }
        for (int i = 0; i < 20; i++) {
            for (var job : jobs) {
                if (i < job.facts().size()) {
                    facts.add(job.facts().get(i));
                }
            }
        }
        model.apply(facts);
        for (int i = 1; i <= 30; i++) {
            var row = model.row(jobs.get(i - 1));
            assertThat(row.slots()).hasSize(1 + 2 * i).allSatisfy(slot -> assertThat(slot.facebookId).isNotNull());
            assertThat(row.get(JobColumn.AD_SETS_CREATED)).isEqualTo(i);
            assertThat(row.get(JobColumn.USER_ID)).isEqualTo("u" + i);
        }
    }

    @Test
    void fetches_events_that_did_not_come_from_the_event_store() {
        var job = ScriptedJob.accepted("u", "k", 3, T0).completed();
        model.store(List.of(job));
        model.apply(job.facts().subList(0, 2));
        model.apply(List.of(job.facts().getLast()));
        assertThat(model.row(job).get(JobColumn.STATUS)).isEqualTo("completed");
        assertThat(model.row(job).get(JobColumn.ADS_CREATED)).isEqualTo(3);
        assertThat(model.count("read.model.gaps")).isPositive();
    }

    @Test
    void goes_on_without_an_event_that_is_nowhere_to_be_found_and_says_so() {
        var job = ScriptedJob.accepted("u", "k", 3, T0).completed();
        var other = ScriptedJob.accepted("other", "k", 1, T0).completed();
        model.apply(job.facts().subList(0, 2));
        model.store(job.facts().subList(3, job.facts().size()));
        var poll = new ArrayList<>(job.facts().subList(3, job.facts().size()));
        poll.addAll(other.facts());
        var before = model.count("read.model.passed.over");

        model.apply(poll);

        assertThat(model.row(job).get(JobColumn.STATUS)).isEqualTo("completed");
        assertThat(model.row(other).get(JobColumn.STATUS)).isEqualTo("completed");
        assertThat(model.count("read.model.passed.over")).isEqualTo(before + 1);
    }

    @Test
    void passes_over_an_event_that_the_store_does_not_know_and_takes_the_next_ones() {
        var job = ScriptedJob.accepted("u", "k", 3, T0).completed();
        model.store(List.of(job));
        model.apply(job.facts().subList(0, 2));
        var last = job.facts().getLast();
        var before = model.count("read.model.passed.over");

        model.apply(List.of(
                StoredEvent.fromTopic(last.job(), last.sequence() + 7, last.at(), last.type(), last.payload())));

        assertThat(model.row(job).get(JobColumn.STATUS)).isEqualTo("completed");
        assertThat(model.row(job).version()).isEqualTo(last.sequence());
        assertThat(model.count("read.model.passed.over")).isEqualTo(before + 1);
    }

    @Test
    void leaves_an_event_out_that_a_newer_version_wrote() {
        var job = ScriptedJob.accepted("u", "k", 3, T0).completed();
        var facts = new ArrayList<>(job.facts());
        var second = facts.get(1);
        facts.set(1, StoredEvent.fromTopic(second.job(), 1, second.at(), "JobAdmired", new byte[]{ 1, 2, 3 }));
        model.apply(facts);
        assertThat(model.row(job).get(JobColumn.STATUS)).isEqualTo("completed");
        assertThat(model.count("read.model.unreadable")).isPositive();
    }

    @Test
    void a_failed_write_leaves_no_trace_in_memory_either() {
        var job = ScriptedJob.accepted("u", "k", 3, T0).preVerified().createdAll();
        model.apply(job.facts().subList(0, 3));
        model.jdbc.execute(
                "alter table slots_under_way add constraint no_more check ('created' <> all(status)) not valid");
        var rest = job.facts().subList(3, job.facts().size());
        assertThatThrownBy(() -> model.apply(rest)).hasMessageContaining("no_more");
        model.jdbc.execute("alter table slots_under_way drop constraint no_more");
        model.apply(rest);
        assertThat(model.row(job).slots()).allSatisfy(slot -> assertThat(slot.facebookId).isNotNull());
        assertThat(model.row(job).get(JobColumn.AD_SETS_CREATED)).isEqualTo(3);
    }

    @Test
    void a_writer_that_failed_where_another_went_on_builds_on_what_the_other_wrote() {
        var other = new ReadModelUnderTest(model.dataSource);
        var job = ScriptedJob.accepted("u", "k", 3, T0).completed();
        model.apply(job.facts().subList(0, 2));
        model.jdbc.execute(
                "alter table slots_under_way add constraint no_more check ('created' <> all(status)) not valid");
        assertThatThrownBy(() -> model.apply(job.facts().subList(2, 6))).hasMessageContaining("no_more");
        model.jdbc.execute("alter table slots_under_way drop constraint no_more");
        other.apply(job.facts().subList(2, 6));
        model.apply(job.facts().subList(6, job.facts().size()));
        assertThat(model.row(job).get(JobColumn.STATUS)).isEqualTo("completed");
        assertThat(model.row(job).slots()).hasSize(7).allSatisfy(slot -> assertThat(slot.facebookId).isNotNull());
    }

    @Test
    void two_writers_take_turns_without_undoing_each_other() {
        var other = new ReadModelUnderTest(model.dataSource);
        var job = ScriptedJob.accepted("u", "k", 3, T0).completed();
        var facts = job.facts();
        for (int i = 0; i < facts.size(); i++) {
            (i % 2 == 0 ? model : other).apply(List.of(facts.get(i)));
        }
        var byTurns = content();
        model.clear();
        model.apply(job);
        assertThat(content()).isEqualTo(byTurns);
    }

    @Test
    void holds_texts_that_the_database_cannot() {
        var nasty = new Fault(ErrorKind.TEMPORARY, false, null, null, "a\0b \\u0000 \"quoted\" {curly} \u20ac", null,
                null);
        var job = ScriptedJob.accepted("u", "k", 1, T0).preVerified();
        job.created(_ -> false, List.of(new FailedSlot(new SlotId(EntityType.AD, 1), nasty)), RoundEnd.DONE);
        model.apply(job);
        var row = model.row(job);
        assertThat(row.get(JobColumn.LAST_ERROR)).isEqualTo("ab \\u0000 \"quoted\" {curly} \u20ac");
        assertThat(row.errorHistory().get(0).get("message").stringValue())
                .isEqualTo("ab \\u0000 \"quoted\" {curly} \u20ac");
    }

    private static Map<String, List<String>> content() {
        return Map.of("jobs", rows("select (to_jsonb(t) - 'id')::text from campaign_creation_jobs t"), "slots",
                rows("select (to_jsonb(t) - 'id' - 'job_id')::text from entity_creation_slots t"), "verifications",
                rows("select (to_jsonb(t) - 'id' - 'job_id')::text from pre_creation_verifications t"));
    }

    private static List<String> rows(String sql) {
        return model.jdbc.queryForList(sql + " order by 1", String.class);
    }
}
