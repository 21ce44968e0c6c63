package io.campaignlauncher.market.tables;

import io.campaignlauncher.market.model.RecordedEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Adds to {@code user_audit_logs}. */
final class AuditRows {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Sql sql;
    private final List<@Nullable Object[]> lines = new ArrayList<>();

    AuditRows(Sql sql) {
        this.sql = sql;
    }

    void add(RecordedEvent recorded, AuditLine line) {
        var by = recorded.event().by();
        lines.add(Sql.row(recorded.position(), by.tenant(), line.action(), by.userId(),
                JSON.writeValueAsString(line.metadata()), recorded.at()));
    }

    void write() {
        sql.write("insert into @user_audit_logs (id, tenant, action, \"userId\", metadata, \"createdAt\")"
                + " values (?, ?, ?, ?, ?::jsonb, ?)", lines);
        lines.clear();
    }
}
