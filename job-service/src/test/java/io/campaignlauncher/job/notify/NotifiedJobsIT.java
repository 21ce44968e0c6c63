package io.campaignlauncher.job.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.notify.model.Notification.Dated;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.schemas.AvroEncoding;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is told of jobs, from a real event store. */
class NotifiedJobsIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static ReadModelUnderTest store;
    private static JdbcClient jdbc;
    private static NotifiedJobs jobs;

    @BeforeAll
    static void startDatabase() {
        var dataSource = TestInfrastructure.database("notified_jobs");
        store = new ReadModelUnderTest(dataSource);
        jdbc = JdbcClient.create(dataSource);
        jobs = new NotifiedJobs(new JobHistory(dataSource, new AvroEncoding()));
    }

    @BeforeEach
    void clear() {
        store.clear();
    }

    @Test
    void knows_the_webhooks_of_the_jobs_that_named_one() {
        var first = stored(WebhooksIT.job("first", "https://example.com/1", T0).completed());
        var second = stored(WebhooksIT.job("second", "https://example.com/2", T0));
        var silent = stored(WebhooksIT.job("silent", null, T0));
        var unreadable = stored(WebhooksIT.job("unreadable", "https://example.com/3", T0).completed());
        makeUnreadable(unreadable, 0);

        assertThat(jobs.webhooks(List.of(first.jobId(), second.jobId(), silent.jobId(), unreadable.jobId(),
                new UUID(1, 2)))).hasSize(2)
                .containsEntry(first.jobId(), new NotifiedJobs.NamedWebhook("https://example.com/1", Ownership.LOCAL))
                .containsEntry(second.jobId(), new NotifiedJobs.NamedWebhook("https://example.com/2", Ownership.LOCAL));
    }

    @Test
    void tells_the_events_up_to_one_and_leaves_out_what_cannot_be_read() {
        var job = stored(WebhooksIT.job("job", null, T0).completed());
        assertThat(jobs.upTo(job.jobId(), 2)).extracting(Dated::event).hasExactlyElementsOfTypes(
                JobEvent.JobAccepted.class, JobEvent.PreVerificationRequested.class,
                JobEvent.PreVerificationCompleted.class);

        makeUnreadable(job, 1);

        assertThat(jobs.upTo(job.jobId(), 2)).extracting(Dated::event).hasExactlyElementsOfTypes(
                JobEvent.JobAccepted.class, JobEvent.PreVerificationCompleted.class);
        assertThat(jobs.upTo(job.jobId(), 2)).extracting(Dated::at).first().isEqualTo(job.history().getFirst().at());
    }

    private static ScriptedJob stored(ScriptedJob job) {
        store.store(job);
        return job;
    }

    private static void makeUnreadable(ScriptedJob job, long version) {
        jdbc.sql("""
                update event_store.domain_events set payload = '\\x010203'
                where aggregate_identifier = ? and sequence_number = ?""")
                .params(job.jobId().toString(), version).update();
    }
}
