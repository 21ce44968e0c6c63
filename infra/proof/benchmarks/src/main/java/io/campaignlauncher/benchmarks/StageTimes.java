package io.campaignlauncher.benchmarks;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the time of jobs goes: how long after the event before it each kind of event was stored. */
final class StageTimes {

    private static final String MEDIANS = """
            select payload_type, min(sequence_number) as position,
                   percentile_disc(0.5) within group (order by extract(epoch from since) * 1000) as millis
            from (select payload_type, sequence_number, time_stamp::timestamptz
                         - lag(time_stamp::timestamptz) over (partition by aggregate_identifier order by sequence_number) as since
                  from event_store.domain_events where aggregate_identifier = any (?)) as steps
            where since is not null
            group by payload_type order by position
            """;

    private StageTimes() {}

    /** @return ms by the event that ended the step, in the order in which they happen */
    static Map<String, Double> medians(Map<String, Object> properties, Collection<String> jobIds) throws SQLException {
        var medians = new LinkedHashMap<String, Double>();
        try (var connection = SystemDatabase.connect(properties);
                var select = connection.prepareStatement(MEDIANS)) {
            select.setArray(1, connection.createArrayOf("text", jobIds.toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    medians.put(rows.getString("payload_type"), rows.getDouble("millis"));
                }
            }
        }
        return medians;
    }
}
