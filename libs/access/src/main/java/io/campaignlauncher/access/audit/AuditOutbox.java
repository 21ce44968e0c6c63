package io.campaignlauncher.access.audit;

import io.campaignlauncher.messaging.OutboxPublisher.Outbox;
import io.campaignlauncher.messaging.OutboxPublisher.Publish;
import io.campaignlauncher.schemas.AuditEntry;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What an audit holds, for the topic {@code audit}. The table itself writes down what is to be published, so that nothing can be
 * noted without, by whomever; what was published goes from there, and nothing goes from the audit.
 */
public final class AuditOutbox implements Outbox {

    private static final int AT_ONCE_MAX = 200;

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final String table;
    private final String waiting;
    private final String source;
    private final LaunchRecords records;

    private record Row(long number, ProducerRecord<String, byte[]> record) {}

    /**
     * @param table  of the audit; beside it is one of the same name and {@code _unpublished}
     * @param source whose audit it is, e.g. {@code /job-service}
     */
    public AuditOutbox(JdbcClient sql, TransactionTemplate transactions, String table, String source,
            LaunchRecords records) {
        this.sql = sql;
        this.transactions = transactions;
        this.table = table;
        waiting = table + "_unpublished";
        this.source = source;
        this.records = records;
    }

    @Override
    public boolean isPending() {
        return sql.sql("select exists (select from " + waiting + ")").query(Boolean.class).single();
    }

    /** In the order in which they were noted; of transactions that were open at the same time, one may come later. */
    @Override
    public boolean publishNext(Publish publish) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            sql.sql("select pg_advisory_xact_lock(hashtext(:table))").param("table", waiting).query().listOfRows();
            var rows = sql.sql("select a.* from " + waiting + " w join " + table
                    + " a using (audit_id) order by audit_id limit " + AT_ONCE_MAX).query(this::row).list();
            if (rows.isEmpty()) {
                return false;
            }
            publish.accept(rows.stream().map(Row::record).toList());
            sql.sql("delete from " + waiting + " where audit_id = any(:numbers)")
                    .param("numbers", rows.stream().map(Row::number).toArray(Long[]::new)).update();
            return rows.size() == AT_ONCE_MAX;
        }));
    }

    private Row row(ResultSet row, int number) throws SQLException {
        var entryId = Objects.requireNonNull(row.getObject("entry_id", UUID.class)).toString();
        var at = Objects.requireNonNull(row.getObject("at", OffsetDateTime.class)).toInstant();
        var tenant = row.getString("tenant");
        @Nullable
        byte[] address = row.getBytes("address_hash");
        var entry = new AuditEntry(entryId, at, row.getString("actor"),
                List.of((String[]) row.getArray("roles").getArray()), tenant, row.getString("action"),
                row.getString("subject"), row.getString("outcome"), row.getInt("times"), row.getString("trace_id"),
                address == null ? null : ByteBuffer.wrap(address));
        return new Row(row.getLong("audit_id"), records.record(Topic.AUDIT, tenant, entry,
                Envelope.of(entryId, AuditEntry.getClassSchema().getName(), source, tenant, at)));
    }
}
