package io.campaignlauncher.access.audit;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.http.QueryParameters;
import io.campaignlauncher.access.model.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Who did what here, the latest first; the tenant's to admins, everybody's to super_admins. For a route of those alone. */
public final class AuditReads {

    private final JdbcClient sql;
    private final String table;
    private final int pageSize;
    private final int pageSizeMax;

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

    /** @param table its name, with its schema where it has one of its own @param pageSize where none is asked for */
    public AuditReads(JdbcClient sql, String table, int pageSize, int pageSizeMax) {
        this.sql = sql;
        this.table = table;
        this.pageSize = pageSize;
        this.pageSizeMax = pageSizeMax;
    }

    /** @param sql for the end of a {@code where} */
    private record Wanted(String sql, Map<String, Object> parameters) {

        static Wanted of(QueryParameters asked) {
            var wanted = new Wanted("", Map.of())
                    // A key is its owner's: what stands before the slash.
                    .and("split_part(actor, '/', 1) =", "actor", asked.text("actor"))
                    .and("action =", "action", asked.text("action"))
                    .and("subject =", "subject", asked.text("subject"));
            var period = asked.period();
            return wanted.and("at >=", "from", time(period.from())).and("at <", "to", time(period.to()));
        }

        private static @Nullable OffsetDateTime time(@Nullable Instant time) {
            return time == null ? null : time.atOffset(ZoneOffset.UTC);
        }

        private Wanted and(String condition, String name, @Nullable Object value) {
            if (value == null) {
                return this;
            }
            var all = new HashMap<>(parameters);
            all.put(name, value);
            return new Wanted(sql + " and " + condition + " :" + name, all);
        }
    }

    public Mono<ServerResponse> list(ServerRequest request) {
        var asked = new QueryParameters(request);
        var wanted = Wanted.of(asked);
        var after = asked.number("after", 1, Long.MAX_VALUE);
        var size = asked.number("limit", 1, pageSizeMax);
        asked.areGood();
        int limit = size == null ? pageSize : size.intValue();
        return PrincipalToken.of(request).map(Visibility::of)
                .flatMap(visible -> Answers
                        .blocking(() -> lines(visible, wanted, after == null ? Long.MAX_VALUE : after, limit)))
                .flatMap(found -> {
                    var answer = new LinkedHashMap<String, @Nullable Object>();
                    answer.put("entries", found);
                    answer.put("next", found.size() == limit ? found.getLast().number() : null);
                    return Answers.ok(answer);
                });
    }

    private List<Line> lines(Visibility visible, Wanted wanted, long beyond, int limit) {
        var tenant = visible.tenant();
        return sql.sql("select * from " + table + " where audit_id < :beyond"
                + (tenant == null ? "" : " and tenant = :tenant") + wanted.sql()
                + " order by audit_id desc limit :limit")
                .params(wanted.parameters())
                .param("beyond", beyond)
                .param("tenant", tenant == null ? "" : tenant)
                .param("limit", limit)
                .query(Line::of)
                .list();
    }
}
