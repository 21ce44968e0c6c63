package io.campaignlauncher.tools.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.readmodel.ReadModelDifference;
import io.campaignlauncher.readmodel.ReadModelRebuild;
import io.campaignlauncher.readmodel.ReplayedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.tools.LaunchedJob;
import io.campaignlauncher.tools.StoreUnderTest;
import io.campaignlauncher.tools.events.EventStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class TableCheckIT {

    private static final Duration NO_PATIENCE = Duration.ZERO;

    private static StoreUnderTest database;

    private final AvroEncoding encoding = new AvroEncoding();
    private final LaunchedJob completed = LaunchedJob.completed("completed", 3, 0);
    private final LaunchedJob rolledBack = LaunchedJob.rolledBack("rolled-back", 2, 1);
    private final LaunchedJob begun = LaunchedJob.begun("begun", 2, 2);

    @BeforeAll
    static void start() throws SQLException {
        database = new StoreUnderTest("table_check");
    }

    @BeforeEach
    void store() throws SQLException {
        database.clear();
        database.store(completed, rolledBack, begun);
        var address = database.address();
        ReadModelRebuild.on(new DriverManagerDataSource(address.url(), address.user(), address.password())).rebuild();
    }

    @Test
    void finds_nothing_where_the_tables_are_as_the_events_say() throws SQLException {
        assertThat(differences(null)).isEmpty();
        var result = TableCheck.of(database.address(), encoding, null, NO_PATIENCE, _ -> {}, _ -> {});
        assertThat(result).isEqualTo(new TableCheck.Result(3, 0, 0));
    }

    @Test
    void names_every_planted_difference() throws SQLException {
        plant("update campaign_creation_jobs set retry_count = 9, last_error = 'oops' where %s", completed);
        plant("update campaign_creation_jobs set error_history = '[{\"at\": 1}]' where %s", begun);
        plant("update entity_creation_slots set status = 'failed', facebook_id = null where entity_type = 'ad'"
                + " and slot_number = 2 and job_id = (select id from campaign_creation_jobs where %s)", completed);
        plant("delete from entity_creation_slots where entity_type = 'ad_set' and slot_number = 1"
                + " and job_id = (select id from campaign_creation_jobs where %s)", rolledBack);
        plant("insert into entity_creation_slots (job_id, slot_number, entity_type, entity_name, status, retry_count,"
                + " created_at, updated_at, adopted) select id, 9, 'ad', 'x', 'created', 0, now(), now(), false"
                + " from campaign_creation_jobs where %s", begun);
        plant("update pre_creation_verifications set can_proceed = false where job_id ="
                + " (select id from campaign_creation_jobs where %s)", begun);
        plant("delete from pre_creation_verifications where job_id ="
                + " (select id from campaign_creation_jobs where %s)", completed);
        var stranger = UUID.randomUUID();
        database.execute("insert into campaign_creation_jobs select (jsonb_populate_record(j, jsonb_build_object("
                + "'id', 999, 'job_uuid', '" + stranger + "'))).* from campaign_creation_jobs j where job_uuid = '"
                + begun.jobId() + "'");
        var ad2 = completed.facebookId(new io.campaignlauncher.job.model.SlotId(
                io.campaignlauncher.job.model.EntityType.AD, 2));
        assertThat(differences(null)).containsExactlyInAnyOrder(
                new ReadModelDifference(completed.jobId(), "job", "retry_count", "9", "0"),
                new ReadModelDifference(completed.jobId(), "job", "last_error", "oops", null),
                new ReadModelDifference(completed.jobId(), "ad 2", "status", "failed", "created"),
                new ReadModelDifference(completed.jobId(), "ad 2", "facebook_id", null, ad2),
                new ReadModelDifference(completed.jobId(), "attempt 1", null, null, "there"),
                new ReadModelDifference(begun.jobId(), "job", "error_history", "[{\"at\":1}]", "[]"),
                new ReadModelDifference(begun.jobId(), "ad 9", null, "there", null),
                new ReadModelDifference(begun.jobId(), "attempt 1", "can_proceed", "false", "true"),
                new ReadModelDifference(rolledBack.jobId(), "ad_set 1", null, null, "there"),
                new ReadModelDifference(stranger, "job", null, "there", null));
        assertThat(differences(rolledBack.jobId())).containsExactly(
                new ReadModelDifference(rolledBack.jobId(), "ad_set 1", null, null, "there"));
        assertThat(differences(stranger)).containsExactly(
                new ReadModelDifference(stranger, "job", null, "there", null));
        assertThat(differences(UUID.randomUUID())).isEmpty();
    }

    @Test
    void a_job_that_the_tables_do_not_know_is_missing_once_the_patience_is_over() throws SQLException {
        var late = LaunchedJob.begun("late", 1, 5);
        database.store(late);
        assertThat(differences(null))
                .containsExactly(new ReadModelDifference(late.jobId(), "job", null, null, "there"));
        var patient = TableCheck.of(database.address(), encoding, null, Duration.ofDays(100_000), _ -> {}, _ -> {});
        assertThat(patient).isEqualTo(new TableCheck.Result(4, 0, 1));
    }

    @Test
    void a_row_that_is_behind_is_compared_at_its_own_version() throws SQLException {
        var further = LaunchedJob.completed("begun", 2, 2);
        var known = begun.events().size();
        try (var connection = database.connect()) {
            for (var event : further.events().subList(known, further.events().size())) {
                StoreUnderTest.store(connection, event);
            }
        }
        assertThat(differences(null)).containsExactly(new ReadModelDifference(begun.jobId(), "job", "version",
                Integer.toString(known - 1), Integer.toString(further.events().size() - 1)));
        plant("update campaign_creation_jobs set user_id = 'somebody' where %s", begun);
        var found = new ArrayList<ReadModelDifference>();
        var patient = TableCheck.of(database.address(), encoding, null, Duration.ofDays(100_000), found::add, _ -> {});
        assertThat(patient.behind()).isEqualTo(1);
        assertThat(found).containsExactly(
                new ReadModelDifference(begun.jobId(), "job", "user_id", "somebody", "buyer"));
    }

    @Test
    void a_row_that_is_ahead_of_the_events_is_told() throws SQLException {
        plant("update campaign_creation_jobs set version = 99 where %s", completed);
        assertThat(differences(null)).containsExactly(new ReadModelDifference(completed.jobId(), "job", "version",
                "99", Integer.toString(completed.events().size() - 1)));
    }

    @Test
    void a_history_without_one_of_its_events_is_told() throws SQLException {
        database.execute("delete from event_store.domain_events where sequence_number = 3 and aggregate_identifier = '"
                + completed.jobId() + "'");
        assertThat(differences(null))
                .containsExactly(new ReadModelDifference(completed.jobId(), "event 3", null, null, "there"));
        assertThat(differences(completed.jobId()))
                .containsExactly(new ReadModelDifference(completed.jobId(), "event 3", null, null, "there"));
    }

    @Test
    void an_event_that_nobody_can_read_only_counts_as_in_the_live_tables() throws SQLException {
        database.execute("update event_store.domain_events set payload = '\\x00' where payload_type = 'JobCompleted'");
        var address = database.address();
        ReadModelRebuild.on(new DriverManagerDataSource(address.url(), address.user(), address.password())).rebuild();
        assertThat(differences(null)).isEmpty();
    }

    @Test
    void jobs_that_do_not_fit_into_memory_come_out_the_same() throws SQLException {
        var roomy = replayed(100);
        assertThat(roomy).containsOnlyKeys(completed.jobId(), rolledBack.jobId(), begun.jobId());
        assertThat(replayed(1)).isEqualTo(roomy);
    }

    private Map<UUID, Long> replayed(int openJobsMax) throws SQLException {
        var versions = new HashMap<UUID, Long>();
        try (var store = EventStore.open(database.address()); var further = store.sameMoment()) {
            new JobReplay(encoding, openJobsMax).all(store, further, new JobReplay.Taker() {
                @Override
                public void take(ReplayedJob job) {
                    assertThat(versions.put(job.jobId(), job.version())).as("handed over once").isNull();
                }

                @Override
                public void missing(UUID jobId, long sequence) {
                    throw new AssertionError(jobId + " lacks " + sequence);
                }
            }, _ -> {});
        }
        return versions;
    }

    private static void plant(String sql, LaunchedJob job) throws SQLException {
        database.execute(sql.formatted("job_uuid = '" + job.jobId() + "'"));
    }

    private List<ReadModelDifference> differences(UUID only) throws SQLException {
        var found = new ArrayList<ReadModelDifference>();
        TableCheck.of(database.address(), encoding, only, NO_PATIENCE, found::add, _ -> {});
        return found;
    }
}
