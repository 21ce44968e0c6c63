package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/audit}: who did what here, the latest first; the tenant's to admins, everybody's to super_admins. */
final class AuditReads {

    private final JdbcClient sql;
    private final HttpSettings settings;

    /** @param number by which a page goes on */
    private record Line(long number, UUID entryId, Instant at, String actor, List<String> roles, String tenant,
            String action, String subject, String outcome, int times, @Nullable String traceId) {

        static Line of(ResultSet row, int index) throws SQLException {
            return new Line(row.getLong("audit_id"), Objects.requireNonNull(row.getObject("entry_id", UUID.class)),
                    Objects.requireNonNull(row.getObject("at", OffsetDateTime.class)).toInstant(),
                    row.getString("actor"), List.of((String[]) row.getArray("roles").getArray()),
                    row.getString("tenant"), row.getString("action"), row.getString("subject"),
                    row.getString("outcome"), row.getInt("times"), row.getString("trace_id"));
        }
    }

    AuditReads(JdbcClient sql, HttpSettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        var after = Paging.number(request, "after", Long.MAX_VALUE);
        int limit = Paging.limit(request, settings);
        return Asking.visibility(request)
                .flatMap(visible -> Blocking.call(() -> lines(visible, after == null ? Long.MAX_VALUE : after, limit)))
                .flatMap(found -> {
                    var answer = new LinkedHashMap<String, @Nullable Object>();
                    answer.put("entries", found);
                    answer.put("next", found.size() == limit ? found.getLast().number() : null);
                    return Responses.ok(answer);
                });
    }

    private List<Line> lines(Visibility visible, long before, int limit) {
        var tenant = visible.tenant();
        return sql.sql("select * from " + AuditConfiguration.TABLE + " where audit_id < :before"
                + (tenant == null ? "" : " and tenant = :tenant") + " order by audit_id desc limit :limit")
                .param("before", before)
                .param("tenant", tenant == null ? "" : tenant)
                .param("limit", limit)
                .query(Line::of)
                .list();
    }
}
