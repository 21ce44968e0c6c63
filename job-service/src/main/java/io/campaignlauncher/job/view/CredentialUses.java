package io.campaignlauncher.job.view;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Outage;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.JobAccepted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * When a job that names a credential was last accepted, give or take a minute: the more jobs there are, the less is written for each. It is
 * for people who tidy up, so what fails here holds up nothing. Every call blocks.
 */
public final class CredentialUses {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialUses.class);
    private static final Duration PRECISION = Duration.ofMinutes(1);
    private static final int REMEMBERED_MAX = 10_000;
    private static final int BATCH = 100;

    private final JdbcTemplate jdbc;
    private final AvroEncoding encoding;
    private final Cache<CredentialName, Instant> noted = Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    public CredentialUses(DataSource dataSource, AvroEncoding encoding) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.encoding = encoding;
    }

    /** Looks which of the events accept jobs. The same ones again change nothing. */
    void note(Collection<StoredEvent> events) {
        // In one order everywhere, so that two who write at once do not wait for each other in a circle.
        var uses = new TreeMap<CredentialName, Instant>();
        for (var event : events) {
            if (event.type().equals(JobAccepted.getClassSchema().getName())) {
                note(event, uses);
            }
        }
        uses.entrySet().removeIf(use -> isNoted(use.getKey(), use.getValue()));
        if (uses.isEmpty()) {
            return;
        }
        try {
            jdbc.batchUpdate("""
                    insert into credential_uses (tenant, credential_id, last_used_at) values (?, ?, ?)
                    on conflict (tenant, credential_id) do update
                    set last_used_at = greatest(credential_uses.last_used_at, excluded.last_used_at)""",
                    List.copyOf(uses.entrySet()), BATCH, (row, use) -> {
                        row.setString(1, use.getKey().tenant());
                        row.setString(2, use.getKey().id());
                        row.setObject(3, use.getValue().atOffset(ZoneOffset.UTC));
                    });
            noted.putAll(uses);
        } catch (RuntimeException e) {
            LOG.warn("when {} credentials were used last is not noted: {}", uses.size(),
                    Outage.isBehind(e) ? "the database did not answer" : e.getClass().getName());
        }
    }

    private void note(StoredEvent event, Map<CredentialName, Instant> uses) {
        try {
            if (encoding.decode(event.type(), event.payload()) instanceof JobAccepted accepted) {
                var request = accepted.getRequest();
                uses.merge(new CredentialName(request.getTenant(), request.getCredentialId()), event.at(),
                        (one, other) -> one.isAfter(other) ? one : other);
            }
        } catch (RuntimeException e) {
            // The tables say so.
            LOG.debug("job {}: what it names cannot be read", event.jobId());
        }
    }

    private boolean isNoted(CredentialName name, Instant at) {
        var last = noted.getIfPresent(name);
        return last != null && at.isBefore(last.plus(PRECISION));
    }

    /** Of those that were used since that is noted. */
    public Map<CredentialName, Instant> last(Collection<CredentialName> names) {
        var found = new HashMap<CredentialName, Instant>();
        jdbc.query("""
                select tenant, credential_id, last_used_at from credential_uses
                where (tenant, credential_id) in (select * from unnest(?::text[], ?::text[]))""", row -> {
            found.put(new CredentialName(row.getString("tenant"), row.getString("credential_id")),
                    Objects.requireNonNull(row.getTimestamp("last_used_at")).toInstant());
        }, names.stream().map(CredentialName::tenant).toArray(String[]::new),
                names.stream().map(CredentialName::id).toArray(String[]::new));
        return found;
    }

    /** Of a credential that is removed. */
    public void forget(CredentialName name) {
        noted.invalidate(name);
        jdbc.update("delete from credential_uses where tenant = ? and credential_id = ?", name.tenant(), name.id());
    }
}
