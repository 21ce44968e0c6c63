package io.campaignlauncher.readmodel;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.readmodel.RowArrays.Column;
import io.campaignlauncher.schemas.AvroEncoding;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes jobs as the release did to which {@code entity_creation_slots} was a table: its statements, word for word. */
final class ReleaseBefore {

    private static final List<Column> UPDATED = SlotRows.columns("job_id", "slot_number", "entity_type", "facebook_id",
            "status", "creation_started_at", "creation_completed_at", "error_message", "retry_count", "updated_at",
            "adopted");
    private static final String TABLE = "public.entity_creation_slots";
    private static final String SELECT = "select " + RowArrays.names(SlotRows.COLUMNS, "") + " from " + TABLE
            + " where job_id = any(?)"
            + " order by job_id, case entity_type when 'campaign' then 1 when 'ad_set' then 2 else 3 end, slot_number";
    private static final String INSERT = "insert into " + TABLE + " (" + RowArrays.names(SlotRows.COLUMNS, "")
            + ") select " + RowArrays.names(SlotRows.COLUMNS, "rows.") + " from " + RowArrays.unnest(SlotRows.COLUMNS);
    private static final String UPDATE = "update " + TABLE + " s set "
            + RowArrays.assignments(UPDATED.subList(3, UPDATED.size())) + " from " + RowArrays.unnest(UPDATED)
            + " where s.job_id = rows.job_id and s.slot_number = rows.slot_number and s.entity_type = rows.entity_type";

    private final ReadModelUnderTest model;
    private final JdbcTemplate jdbc;
    private final JobRows jobs;
    private final AvroEncoding encoding = new AvroEncoding();

    ReleaseBefore(ReadModelUnderTest model) {
        this.model = model;
        this.jdbc = model.jdbc;
        this.jobs = new JobRows(jdbc, Schema.LIVE);
    }

    /** Events of one job, the next ones after its row. */
    void apply(List<StoredEvent> facts) {
        model.transaction.executeWithoutResult(_ -> {
            var ids = List.of(facts.getFirst().job());
            jobs.lock(ids);
            var job = jobs.load(ids).stream().findFirst().orElseGet(() -> JobView.unseen(ids.getFirst()));
            if (job.id() != null) {
                load(job);
            }
            facts.forEach(fact -> JobFold.next(job, fact.sequence(), fact.at(),
                    encoding.decode(fact.type(), fact.payload())));
            job.countSlots();
            boolean known = job.id() != null;
            if (known) {
                jobs.update(List.of(job));
            } else {
                jobs.insert(List.of(job));
            }
            var rows = new RowArrays(known ? UPDATED : SlotRows.COLUMNS);
            job.slots().stream().filter(slot -> !known || slot.changed).forEach(slot -> {
                var values = SlotRows.values(job.id(), slot);
                rows.add((known ? UPDATED : SlotRows.COLUMNS).stream()
                        .map(column -> values[SlotRows.COLUMNS.indexOf(column)]).toArray());
            });
            if (!rows.isEmpty()) {
                jdbc.update(known ? UPDATE : INSERT, rows::bind);
            }
            new VerificationRows(jdbc, Schema.LIVE).write(List.of(job));
        });
    }

    private void load(JobView job) {
        jdbc.query(SELECT,
                statement -> statement.setArray(1,
                        statement.getConnection().createArrayOf("int8",
                                new Long[]{ Objects.requireNonNull(job.id()) })),
                row -> {
                    job.addStored(SlotRows.slot(row));
                });
    }
}
