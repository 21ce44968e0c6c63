package io.campaignlauncher.eventstore;

import io.campaignlauncher.job.messages.StoredMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads stored events past Axon, which knows one job at a time and makes objects of everything. Every call blocks, and none
 * changes anything. There is one SQL text for each way to the rows; each follows an index of the table.
 */
public final class EventReader {

    /** What makes a {@link StoredEvent}, in the order of its components. */
    public static final String COLUMNS = "global_index, event_identifier, aggregate_identifier, sequence_number, time_stamp,"
            + " payload_type, payload, meta_data";

    private static final int FETCH_ROWS = 2_000;

    /** In the order in which they were stored, for who publishes again: a page, so that no transaction stays open. */
    private final String page;
    /** All in one pass: pages would ask the index again and again. */
    private final String all;
    /** What one job lacks. */
    private final String between;
    /** Lateral, so that each job's place is one access to the index, however many events the others have. */
    private final String after;
    private final String first;
    private final String lastIndex;
    private final JdbcClient jdbc;

    public EventReader(JdbcClient jdbc, EventStoreSchema schema) {
        this.jdbc = jdbc;
        var table = schema.events();
        var events = "select " + COLUMNS + " from " + table;
        page = events + " where global_index > ? and global_index <= ? order by global_index limit ?";
        all = events + " order by global_index";
        between = events
                + " where aggregate_identifier = ? and sequence_number > ? and sequence_number <= ? order by sequence_number";
        after = "select e.* from unnest(?::text[], ?::bigint[]) as place (job, version)"
                + " cross join lateral (" + events + " where aggregate_identifier = place.job"
                + " and sequence_number > place.version order by sequence_number limit ?) e limit ?";
        first = "select from " + table + " where aggregate_identifier = :job and sequence_number = 0";
        lastIndex = "select coalesce(max(global_index), 0) from " + table;
    }

    /** Of launches. */
    public EventReader(JdbcClient jdbc) {
        this(jdbc, EventStoreSchema.LAUNCHES);
    }

    /** Of launches. */
    public EventReader(DataSource dataSource) {
        this(JdbcClient.create(dataSource));
    }

    /** How far someone has read a job. @param version of the last event read; -1: none */
    public record Place(UUID jobId, long version) {}

    /** The index of the last event that is visible now; 0 where there is none. */
    public long lastIndex() {
        return jdbc.sql(lastIndex).query(Long.class).single();
    }

    /** Events after one index and up to another, in this order; an event of a transaction that is still open is not among them. */
    public List<StoredEvent> page(long after, long upTo, int max) {
        return jdbc.sql(page).params(after, upTo, max).query((row, _) -> event(row)).list();
    }

    /**
     * Every event, in the order of the global index, in lists of at most this size. Needs a transaction around it: the driver
     * fetches some rows at a time only within one, and would hold the whole table in memory outside.
     */
    public void all(int listSizeMax, Consumer<List<StoredEvent>> consumer) {
        var list = new ArrayList<StoredEvent>(listSizeMax);
        jdbc.sql(all).withFetchSize(FETCH_ROWS).query(row -> {
            list.add(event(row));
            if (list.size() == listSizeMax) {
                consumer.accept(List.copyOf(list));
                list.clear();
            }
        });
        if (!list.isEmpty()) {
            consumer.accept(List.copyOf(list));
        }
    }

    /** One job's events after one sequence number and up to another, in order. */
    public List<StoredEvent> between(UUID jobId, long after, long upTo) {
        return jdbc.sql(between).params(jobId.toString(), after, upTo).query((row, _) -> event(row)).list();
    }

    /**
     * What comes after many places, in one query: each job's in order, in no order among jobs.
     *
     * @param places      of different jobs
     * @param perPlaceMax events for each place
     * @param eventsMax   events in all
     */
    public List<StoredEvent> after(List<Place> places, int perPlaceMax, int eventsMax) {
        return jdbc.sql(after)
                .params(places.stream().map(place -> place.jobId().toString()).toArray(String[]::new),
                        places.stream().map(Place::version).toArray(Long[]::new), perPlaceMax, eventsMax)
                .query((row, _) -> event(row)).list();
    }

    /**
     * Whether there is such a job.
     *
     * @param tenant whose world it has to be in; null: anybody's
     * @param owner  whose it has to be; null: anybody's
     */
    public boolean knows(UUID jobId, @Nullable String tenant, @Nullable String owner) {
        return jdbc.sql("select exists (" + first + beside(StoredMetaData.TENANT, tenant)
                + beside(StoredMetaData.OWNER, owner) + ")")
                .param("job", jobId.toString())
                .param(StoredMetaData.TENANT, tenant)
                .param(StoredMetaData.OWNER, owner)
                .query(Boolean.class).single();
    }

    /** What the event has to bear beside it. */
    private static String beside(String name, @Nullable String wanted) {
        return wanted == null ? ""
                : " and coalesce(cast(convert_from(meta_data, 'UTF8') as json) ->> '" + name + "', '"
                        + StoredMetaData.LEFT_OUT + "') = :" + name;
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getString(5),
                row.getString(6), row.getBytes(7), bytes(row.getBytes(8)));
    }

    private static byte[] bytes(byte @Nullable [] value) {
        return value == null ? new byte[0] : value;
    }
}
