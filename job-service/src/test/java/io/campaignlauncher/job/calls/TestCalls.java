package io.campaignlauncher.job.calls;

import io.campaignlauncher.job.calls.CallNotes.Note;
import io.campaignlauncher.schemas.GraphCallNoted;
import io.campaignlauncher.schemas.GraphCallOutcome;
import io.campaignlauncher.schemas.GraphCallPart;
import io.campaignlauncher.schemas.GraphCallPurpose;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The tables of requests on a real database. */
public record TestCalls(GraphCalls queries, CallNotes notes) {

    static final Instant BEGUN = Instant.parse("2026-01-01T12:00:00Z");

    public static TestCalls on(DataSource dataSource) {
        var transactions = new JdbcTransactionManager(dataSource);
        return new TestCalls(new GraphCalls(dataSource, transactions), new CallNotes(dataSource, transactions));
    }

    /** Notes a request of a piece of work, {@code number} seconds after its beginning. */
    public void note(UUID jobId, UUID workId, int number, GraphCallOutcome... outcomes) {
        notes.write(List.of(new Note(jobId, workId, "creator-service", call(jobId, workId, number, outcomes))));
    }

    static GraphCallNoted call(UUID jobId, UUID workId, int number, GraphCallOutcome... outcomes) {
        return GraphCallNoted.newBuilder().setJobId(jobId.toString()).setWorkId(workId.toString()).setNumber(number)
                .setPurpose(GraphCallPurpose.CREATE).setAttempt(1).setBegunAt(BEGUN.plusSeconds(number)).setTookMs(120)
                .setBatch(outcomes.length > 1).setHttpStatus(200)
                .setParts(Stream.of(outcomes).map(outcome -> GraphCallPart.newBuilder().setMethod("POST")
                        .setPath("{account}/ads").setOutcome(outcome).build()).toList())
                .build();
    }
}
