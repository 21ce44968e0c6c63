package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.messages.StoredEvents;
import io.campaignlauncher.job.notify.model.Notification.Dated;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the event store knows of jobs. An event that is on its topic is there as well. Every call blocks. */
final class JobHistories {

    private static final Logger LOG = LoggerFactory.getLogger(JobHistories.class);
    private static final String EVENTS = "select aggregate_identifier, time_stamp, payload_type, payload"
            + " from event_store.domain_events where aggregate_identifier = ";

    private final JdbcTemplate jdbc;
    private final AvroEncoding encoding;

    JobHistories(JdbcTemplate jdbc, AvroEncoding encoding) {
        this.jdbc = jdbc;
        this.encoding = encoding;
    }

    /** The webhooks that these jobs' requests named; jobs that named none are left out. */
    Map<UUID, String> webhooks(Collection<UUID> jobs) {
        var ids = jobs.stream().map(UUID::toString).toArray(String[]::new);
        var webhooks = new HashMap<UUID, String>();
        jdbc.query(EVENTS + "any(?) and sequence_number = 0", row -> {
            var webhook = webhook(row);
            if (webhook != null) {
                webhooks.put(UUID.fromString(row.getString("aggregate_identifier")), webhook);
            }
        }, (Object) ids);
        return webhooks;
    }

    private @Nullable String webhook(ResultSet row) throws SQLException {
        try {
            return message(row) instanceof JobAccepted accepted ? accepted.getRequest().getWebhook() : null;
        } catch (UnreadableRecord e) {
            LOG.error("job {}: its request cannot be read, so nobody is told of it: {}",
                    row.getString("aggregate_identifier"), e.getMessage());
            return null;
        }
    }

    /** A job's events up to this one. An event that a newer version wrote is left out, if it is not the last one. */
    List<Dated> upTo(UUID jobId, long sequence) {
        var history = new ArrayList<Dated>();
        jdbc.query(EVENTS + "? and sequence_number <= ? order by sequence_number", row -> {
            var at = Instant.parse(row.getString("time_stamp"));
            try {
                history.add(new Dated(at, StoredEvents.event(message(row))));
            } catch (UnreadableRecord | IllegalArgumentException e) {
                LOG.warn("job {}: an event {} cannot be read and is left out of what is told: {}", jobId,
                        row.getString("payload_type"), e.getMessage());
            }
        }, jobId.toString(), sequence);
        return history;
    }

    private SpecificRecord message(ResultSet row) throws SQLException {
        return encoding.decode(row.getString("payload_type"), row.getBytes("payload"));
    }
}
