package io.campaignlauncher.job.calls;

import io.campaignlauncher.readmodel.JobView;
import io.campaignlauncher.schemas.GraphCallNoted;
import io.campaignlauncher.schemas.GraphCallPart;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BinaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** Writes notes into the tables. The same one again changes nothing. Every call blocks. */
final class CallNotes {

    /** Of one job, the first. */
    static final int CALLS_MAX = 5_000;

    private static final String WORK = """
            insert into graph_call_works (job_id, work_id, service, attempt, last_number) values (?, ?, ?, ?, ?)
            on conflict (job_id, work_id) do update
            set last_number = greatest(graph_call_works.last_number, excluded.last_number), noted_at = now()""";
    private static final String CALL = """
            insert into graph_calls (job_id, work_id, number, purpose, begun_at, took_ms, batch, http_status, fbtrace_id,
                outcome, parts)
            select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb
            where (select count(*) from graph_calls where job_id = ?) < ?
            on conflict do nothing""";

    private final JdbcTemplate jdbc;
    private final ShortTransactions transactions;
    private final JsonMapper json = JsonMapper.shared();

    CallNotes(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactions = new ShortTransactions(jdbc, transactions);
    }

    /** A note that keeps the rules. @param service who sent the request */
    record Note(UUID jobId, UUID workId, String service, GraphCallNoted call) {

        /** @throws UnreadableRecord where it breaks one */
        static Note of(LaunchRecords.Received received) {
            if (!(received.message() instanceof GraphCallNoted call)) {
                throw new UnreadableRecord("it notes no request", null);
            }
            if (call.getNumber() < 1 || call.getTookMs() < 0 || call.getParts().isEmpty()) {
                throw new UnreadableRecord("a request has a number, a duration and parts", null);
            }
            return new Note(uuid("jobId", call.getJobId()), uuid("workId", call.getWorkId()),
                    received.envelope().source().replaceFirst("^/", ""), call);
        }

        private static UUID uuid(String field, String text) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new UnreadableRecord(field + " is no UUID", e);
            }
        }
    }

    /** Of each piece of work the last: the driver makes one statement of all, and that may change no row twice. In one order everywhere. */
    private static List<Note> works(List<Note> notes) {
        var last = new TreeMap<String, Note>();
        notes.forEach(note -> last.merge(note.jobId() + "/" + note.workId(), note,
                BinaryOperator.maxBy(Comparator.comparingInt(one -> one.call().getNumber()))));
        return List.copyOf(last.values());
    }

    /** All of them, or none and it fails. */
    void write(List<Note> notes) {
        transactions.run(() -> {
            var works = works(notes);
            jdbc.batchUpdate(WORK, works, works.size(), (row, note) -> {
                row.setObject(1, note.jobId());
                row.setObject(2, note.workId());
                row.setString(3, note.service());
                row.setInt(4, note.call().getAttempt());
                row.setInt(5, note.call().getNumber());
            });
            jdbc.batchUpdate(CALL, notes, notes.size(), (row, note) -> {
                var call = note.call();
                row.setObject(1, note.jobId());
                row.setObject(2, note.workId());
                row.setInt(3, call.getNumber());
                row.setString(4, JobView.wireName(call.getPurpose()));
                row.setObject(5, call.getBegunAt().atOffset(ZoneOffset.UTC));
                row.setInt(6, call.getTookMs());
                row.setBoolean(7, call.getBatch());
                row.setInt(8, call.getHttpStatus());
                row.setString(9, call.getFbtraceId());
                row.setString(10, CallPart.outcome(call.getParts().stream().map(GraphCallPart::getOutcome)
                        .max(Comparator.naturalOrder()).orElseThrow()));
                row.setString(11, json.writeValueAsString(call.getParts().stream().map(CallPart::of).toList()));
                row.setObject(12, note.jobId());
                row.setInt(13, CALLS_MAX);
            });
        });
    }
}
