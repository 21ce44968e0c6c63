package io.campaignlauncher.readmodel;

import io.campaignlauncher.job.history.Standing.Times;
import io.campaignlauncher.job.history.Standing;
import io.campaignlauncher.job.model.JobStatus;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.SlotStatus;
import io.campaignlauncher.schemas.EntityType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** A job's rows while events are folded into them. Used by one thread at a time. */
public final class JobView {

    private static final long BEFORE_THE_FIRST = -1;
    private static final Set<JobColumn> OF_STANDING = EnumSet.of(JobColumn.STATUS, JobColumn.CREATED_AT,
            JobColumn.STARTED_AT, JobColumn.ROLLBACK_AT, JobColumn.COMPLETED_AT, JobColumn.WAITING_UNTIL,
            JobColumn.AWAITING_CONFIRMATION, JobColumn.RETRY_COUNT, JobColumn.HTTP_CALLS, JobColumn.LAST_ERROR);

    private final EnumMap<JobColumn, Object> columns = new EnumMap<>(JobColumn.class);
    /** The campaign, the ad sets, the ads, each type in the order of its numbers. */
    private final List<SlotView> slots = new ArrayList<>();
    /** Not yet in their table. */
    private final List<VerificationView> newVerifications = new ArrayList<>();
    private @Nullable Long id;
    /** The tables have its slots. */
    private boolean slotsStored;
    /** What its columns say; null where they may say something else. Few events change it, and each one asks for it. */
    private @Nullable Standing standing;

    private JobView() {}

    /** A job that no event was seen of. */
    static JobView unseen(UUID jobId) {
        var job = new JobView();
        job.set(JobColumn.JOB_UUID, jobId);
        job.set(JobColumn.VERSION, BEFORE_THE_FIRST);
        job.set(JobColumn.STATUS, wireName(JobStatus.PENDING));
        job.set(JobColumn.ERROR_HISTORY, Json.array());
        for (var text : List.of(JobColumn.USER_ID, JobColumn.AD_ACCOUNT_ID, JobColumn.CAMPAIGN_NAME, JobColumn.STRATEGY,
                JobColumn.FINGERPRINT)) {
            job.set(text, "");
        }
        job.set(JobColumn.TENANT, Ownership.LOCAL.tenant());
        job.set(JobColumn.OWNER, Ownership.LOCAL.owner());
        for (var count : List.of(JobColumn.REQUESTED_AD_SETS, JobColumn.REQUESTED_ADS, JobColumn.AD_SETS_CREATED,
                JobColumn.ADS_CREATED, JobColumn.RETRY_COUNT, JobColumn.RETRY_BUDGET, JobColumn.ERROR_COUNT,
                JobColumn.HTTP_CALLS)) {
            job.set(count, 0);
        }
        for (var flag : List.of(JobColumn.ROLLBACK_TRIGGERED, JobColumn.AWAITING_CONFIRMATION, JobColumn.VERIFIED)) {
            job.set(flag, false);
        }
        return job;
    }

    /** A row of {@code campaign_creation_jobs}, without its slots. @param columns what was selected beside the id */
    public static JobView read(ResultSet row, Set<JobColumn> columns) throws SQLException {
        var job = new JobView();
        job.id = row.getLong("id");
        for (var column : columns) {
            job.set(column, column.type().read(row, column.sqlName()));
        }
        return job;
    }

    public static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public @Nullable Object get(JobColumn column) {
        return columns.get(column);
    }

    void set(JobColumn column, @Nullable Object value) {
        if (OF_STANDING.contains(column)) {
            standing = null;
        }
        if (value == null) {
            columns.remove(column);
        } else {
            columns.put(column, value);
        }
    }

    void add(JobColumn column, int more) {
        columns.merge(column, more, (a, b) -> (Integer) a + (Integer) b);
    }

    /** The row's id; null while the table has none. */
    public @Nullable Long id() {
        return id;
    }

    void storedAs(long newId) {
        id = newId;
    }

    public UUID jobId() {
        return needed(JobColumn.JOB_UUID);
    }

    /** The sequence of the last event folded in, -1 for none. */
    public long version() {
        return needed(JobColumn.VERSION);
    }

    public ArrayNode errorHistory() {
        return needed(JobColumn.ERROR_HISTORY);
    }

    /** The columns that say what {@link Standing} says; the tables hold no reasons. */
    Standing standing() {
        if (standing == null) {
            standing = new Standing(JobStatus.valueOf(this.<String>needed(JobColumn.STATUS).toUpperCase(Locale.ROOT)),
                    new Times(time(JobColumn.CREATED_AT), time(JobColumn.STARTED_AT), time(JobColumn.ROLLBACK_AT),
                            time(JobColumn.COMPLETED_AT)),
                    time(JobColumn.WAITING_UNTIL), needed(JobColumn.AWAITING_CONFIRMATION),
                    count(JobColumn.RETRY_COUNT), count(JobColumn.HTTP_CALLS), text(JobColumn.LAST_ERROR), List.of());
        }
        return standing;
    }

    void standing(Standing next) {
        if (next.equals(standing)) {
            return;
        }
        set(JobColumn.STATUS, wireName(next.status()));
        set(JobColumn.CREATED_AT, next.times().createdAt());
        set(JobColumn.STARTED_AT, next.times().startedAt());
        set(JobColumn.ROLLBACK_AT, next.times().rollbackAt());
        set(JobColumn.COMPLETED_AT, next.times().completedAt());
        set(JobColumn.WAITING_UNTIL, next.waitingUntil());
        set(JobColumn.AWAITING_CONFIRMATION, next.awaitingConfirmation());
        set(JobColumn.RETRY_COUNT, next.retryCount());
        set(JobColumn.HTTP_CALLS, next.httpCalls());
        set(JobColumn.LAST_ERROR, next.lastError() == null ? null : Json.clean(next.lastError()));
        standing = next;
    }

    public boolean settled() {
        return get(JobColumn.COMPLETED_AT) != null;
    }

    public List<SlotView> slots() {
        return slots;
    }

    /** The slot, or null where none was allotted under this name. */
    @Nullable
    SlotView slot(EntityType type, int number) {
        int adSets = this.<Integer>needed(JobColumn.REQUESTED_AD_SETS);
        int index = switch (type) {
            case CAMPAIGN -> number == 1 ? 0 : -1;
            case AD_SET -> number >= 1 && number <= adSets ? number : -1;
            case AD -> number >= 1 ? adSets + number : -1;
            case UNKNOWN -> -1;
        };
        return index >= 0 && index < slots.size() ? slots.get(index) : null;
    }

    public List<VerificationView> newVerifications() {
        return newVerifications;
    }

    /** Brings the columns that are derived from the slots up to date. */
    void countSlots() {
        set(JobColumn.AD_SETS_CREATED, created(EntityType.AD_SET));
        set(JobColumn.ADS_CREATED, created(EntityType.AD));
        var campaign = slot(EntityType.CAMPAIGN, 1);
        set(JobColumn.FACEBOOK_CAMPAIGN_ID, campaign == null ? null : campaign.facebookId);
    }

    /** A slot that the tables have. */
    void addStored(SlotView slot) {
        slots.add(slot);
        slotsStored = true;
    }

    boolean slotsStored() {
        return slotsStored;
    }

    /** Everything is in the tables now. */
    void allStored() {
        newVerifications.clear();
        slotsStored = !slots.isEmpty();
        slots.forEach(slot -> slot.changed = false);
    }

    public int created(EntityType type) {
        int count = 0;
        for (var slot : slots) {
            count += slot.type == type && slot.status == SlotStatus.CREATED ? 1 : 0;
        }
        return count;
    }

    /** A value that every job has, of the column's type. */
    @SuppressWarnings("unchecked")
    public <T> T needed(JobColumn column) {
        var value = columns.get(column);
        if (value == null) {
            throw new IllegalStateException("a job without " + column.sqlName());
        }
        return (T) value;
    }

    /** 0 where the row has none. */
    public int count(JobColumn column) {
        return (Integer) columns.getOrDefault(column, 0);
    }

    public @Nullable String text(JobColumn column) {
        return (String) columns.get(column);
    }

    public @Nullable Instant time(JobColumn column) {
        return (Instant) columns.get(column);
    }

    /** A row of {@code pre_creation_verifications}. */
    public record VerificationView(int attempt, String outcome, boolean canProceed, int tookMs,
            @Nullable Boolean accountAccessible, @Nullable Boolean accountSuspended,
            @Nullable Boolean duplicateCampaignExists, @Nullable Boolean atAccountLimit, @Nullable Boolean tokenValid,
            ArrayNode checks, ArrayNode warnings, ArrayNode errors, @Nullable Integer campaignCount,
            @Nullable Integer campaignLimit, int httpCalls, Instant createdAt) {}
}
