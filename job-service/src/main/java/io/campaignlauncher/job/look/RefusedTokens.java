package io.campaignlauncher.job.look;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.readmodel.SqlType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which tokens Facebook did not take when somebody last looked with them. Asks Facebook nothing. Blocks. */
public final class RefusedTokens {

    private static final String REFUSED = """
            select j.tenant, j.credential_id, max(l.token_told_at) as told_at
            from job_looks l join campaign_creation_jobs j on j.job_uuid = l.job_id
            where not l.token_taken and j.credential_id is not null
              and (cast(:tenant as text) is null or j.tenant = :tenant)
            group by j.tenant, j.credential_id having max(l.token_told_at) > coalesce((select max(t.token_told_at)
                from job_looks t join campaign_creation_jobs u on u.job_uuid = t.job_id
                where t.token_taken and u.tenant = j.tenant and u.credential_id = j.credential_id), '-infinity')""";

    private final JdbcClient sql;

    public RefusedTokens(JdbcClient sql) {
        this.sql = sql;
    }

    /** By credential, when the look was asked for: a token that was stored later is another one. */
    public Map<CredentialName, Instant> all(Visibility visible) {
        var refused = new HashMap<CredentialName, Instant>();
        sql.sql(REFUSED).param("tenant", visible.tenant()).query(row -> {
            refused.put(new CredentialName(row.getString("tenant"), row.getString("credential_id")),
                    Objects.requireNonNull(SqlType.instant(row, "told_at")));
        });
        return refused;
    }
}
