package io.campaignlauncher.job.media;

import io.campaignlauncher.graph.StartedVideo;
import io.campaignlauncher.graph.UploadOffsets;
import io.campaignlauncher.job.media.model.FileName;
import io.campaignlauncher.job.media.model.MediaKey;
import io.campaignlauncher.job.media.model.MediaState;
import io.campaignlauncher.job.media.model.StoredMedia;
import io.campaignlauncher.job.model.MediaType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code media_files} and {@code media_names}. Every call blocks. Leases go by the clock of the database. */
final class MediaTable {

    private static final String KEY = " tenant = :tenant and ad_account_id = :account and sha256 = :sha256"
            + " and type = :type ";
    private static final String HELD = KEY + " and lease = :lease ";

    /** A name stands for what it stood for first, as long as any account has that or is getting it. */
    private static final String MAY_CHANGE = """
            (n.sha256 = :sha256 and n.type = :type or not exists (
              select 1 from media_files f where f.tenant = n.tenant and f.sha256 = n.sha256 and f.type = n.type
                and f.state not in ('ERROR', 'EXPIRED')))""";

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Duration lease;

    /** @param lease how long somebody is taken to be at work who says nothing more */
    MediaTable(JdbcClient sql, TransactionTemplate transactions, Duration lease) {
        this.sql = sql;
        this.transactions = transactions;
        this.lease = lease;
    }

    /** What became of a wish to write something down. */
    enum Noted {
        DONE,
        /** It was there before, and stays as it is. */
        KNOWN,
        /** The file's name stands for another content: nothing was changed. */
        NAME_TAKEN
    }

    /** What a row says when it is made. @param file its name within an upload; null: none */
    record NewMedia(MediaKey key, long bytes, @Nullable String name, @Nullable FileName file, String credentialId) {}

    Optional<StoredMedia> find(MediaKey key) {
        return keyed("select * from media_files where" + KEY, key).query(MediaTable::row).optional();
    }

    /** The latest first. @param tenant null: of all @param adAccountId null: of all */
    List<StoredMedia> list(@Nullable String tenant, @Nullable String adAccountId, long before, int limit) {
        return sql.sql("""
                select * from media_files where number < :before
                  and (cast(:tenant as text) is null or tenant = :tenant)
                  and (cast(:account as text) is null or ad_account_id = :account)
                order by number desc limit :limit""")
                .param("before", before).param("tenant", tenant).param("account", adAccountId).param("limit", limit)
                .query(MediaTable::row).list();
    }

    /** Whether a file of this name, where it has one, may have this content. */
    boolean isNameFree(MediaKey key, @Nullable FileName file) {
        return file == null || sql.sql("select not exists (select 1 from media_names n where n.tenant = :tenant"
                + " and n.upload = :upload and n.file_name = :file and not " + MAY_CHANGE + ")")
                .param("tenant", key.tenant()).param("upload", file.upload()).param("file", file.name())
                .param("sha256", key.sha256()).param("type", key.type().name()).query(Boolean.class).single();
    }

    /** An image that an account has: who is first says its hash, unless Facebook has it no more. */
    Noted image(NewMedia media, String hash, boolean replaced) {
        return with(media, () -> newRow(media, "READY", hash, replaced
                ? "do update set facebook_id = excluded.facebook_id, changed_at = now()"
                : "do nothing", null));
    }

    /** Takes it on to have a video started, if nobody has yet, or its upload came to nothing. */
    Noted claimStart(NewMedia media, UUID holder) {
        return with(media, () -> newRow(media, MediaState.STARTING.name(), null, """
                do update set state = excluded.state, facebook_id = null, session_id = null, bytes = excluded.bytes,
                  name = excluded.name, credential_id = excluded.credential_id, wanted_from = 0, wanted_to = 0,
                  problem = null, lease = excluded.lease, leased_until = excluded.leased_until, looked_at = null,
                  changed_at = now()
                where media_files.state in ('ERROR', 'EXPIRED')
                  or media_files.state = 'STARTING' and media_files.leased_until <= now()""", holder));
    }

    private boolean newRow(NewMedia media, String state, @Nullable String facebookId, String onConflict,
            @Nullable UUID holder) {
        return keyed("insert into media_files (tenant, ad_account_id, sha256, type, state, facebook_id, bytes, name,"
                + " credential_id, lease, leased_until) values (:tenant, :account, :sha256, :type, :state, :facebook,"
                + " :bytes, :name, :credential, :lease, now() + :millis * interval '1 millisecond')"
                + " on conflict (tenant, ad_account_id, sha256, type) " + onConflict, media.key())
                .param("state", state).param("facebook", facebookId).param("bytes", media.bytes())
                .param("name", media.name()).param("credential", media.credentialId()).param("lease", holder)
                .param("millis", lease.toMillis()).update() == 1;
    }

    /** The row and the name in one transaction. */
    private Noted with(NewMedia media, Supplier<Boolean> row) {
        return Objects.requireNonNull(transactions.execute(transaction -> noted(media, row, transaction)));
    }

    private Noted noted(NewMedia media, Supplier<Boolean> row, TransactionStatus transaction) {
        boolean made = row.get();
        if (media.file() != null && !name(media.key(), media.file())) {
            transaction.setRollbackOnly();
            return Noted.NAME_TAKEN;
        }
        return made ? Noted.DONE : Noted.KNOWN;
    }

    private boolean name(MediaKey key, FileName file) {
        return sql.sql("insert into media_names as n (tenant, upload, file_name, sha256, type)"
                + " values (:tenant, :upload, :file, :sha256, :type) on conflict (tenant, upload, file_name)"
                + " do update set sha256 = excluded.sha256, type = excluded.type, named_at = now() where " + MAY_CHANGE)
                .param("tenant", key.tenant()).param("upload", file.upload()).param("file", file.name())
                .param("sha256", key.sha256()).param("type", key.type().name()).update() == 1;
    }

    /** @return false: somebody else has taken it on meanwhile */
    boolean started(MediaKey key, UUID holder, StartedVideo video) {
        return keyed("update media_files set state = 'UPLOADING', facebook_id = :facebook, session_id = :session,"
                + " wanted_from = :from, wanted_to = :to, lease = null, leased_until = null, changed_at = now() where"
                + HELD, key).param("lease", holder).param("facebook", video.videoId())
                .param("session", video.sessionId()).param("from", video.next().start())
                .param("to", video.next().end()).update() == 1;
    }

    void forgetStart(MediaKey key, UUID holder) {
        keyed("delete from media_files where state = 'STARTING' and" + HELD, key).param("lease", holder).update();
    }

    /**
     * Takes on a video that waits for these bytes.
     *
     * @return empty: it does not, or somebody else is at work on it
     */
    Optional<StoredMedia> claimChunk(MediaKey key, UUID holder, String credentialId, long offset, long length) {
        return keyed("update media_files set lease = :lease, credential_id = :credential,"
                + " leased_until = now() + :millis * interval '1 millisecond' where state = 'UPLOADING'"
                + " and wanted_from = :offset and :offset + :length <= wanted_to"
                + " and (lease is null or leased_until <= now()) and" + KEY + " returning *", key)
                .param("lease", holder).param("credential", credentialId).param("millis", lease.toMillis())
                .param("offset", offset).param("length", length).query(MediaTable::row).optional();
    }

    void renew(MediaKey key, UUID holder) {
        keyed("update media_files set leased_until = now() + :millis * interval '1 millisecond' where" + HELD, key)
                .param("lease", holder).param("millis", lease.toMillis()).update();
    }

    /** A start that was released may be asked for again at once. */
    void release(MediaKey key, UUID holder) {
        keyed("update media_files set lease = null, leased_until = now() where" + HELD, key).param("lease", holder)
                .update();
    }

    /** What Facebook wants next; it has every byte where it wants nothing. */
    void wanted(MediaKey key, UUID holder, UploadOffsets next) {
        keyed("update media_files set wanted_from = :from, wanted_to = :to, changed_at = now(),"
                + " state = case when :from = :to then 'FINISHING' else state end where state = 'UPLOADING' and" + HELD,
                key).param("lease", holder).param("from", next.start()).param("to", next.end()).update();
    }

    /** @param facebookId of which this is known: a video that was started anew meanwhile is another one */
    void state(MediaKey key, String facebookId, MediaState state, @Nullable String problem) {
        keyed("update media_files set state = :state, problem = :problem, changed_at = now() where"
                + " facebook_id = :facebook and" + KEY, key).param("state", state.name()).param("problem", problem)
                .param("facebook", facebookId).update();
    }

    /** Whether Facebook may be asked about it: nobody has within this time. */
    boolean claimLook(MediaKey key, Duration within) {
        return keyed("update media_files set looked_at = now() where (looked_at is null"
                + " or looked_at <= now() - :millis * interval '1 millisecond') and" + KEY, key)
                .param("millis", within.toMillis()).update() == 1;
    }

    private StatementSpec keyed(String statement, MediaKey key) {
        return sql.sql(statement).param("tenant", key.tenant()).param("account", key.adAccountId())
                .param("sha256", key.sha256()).param("type", key.type().name());
    }

    private static StoredMedia row(ResultSet row, int index) throws SQLException {
        return new StoredMedia(row.getLong("number"),
                new MediaKey(row.getString("tenant"), row.getString("ad_account_id"), row.getString("sha256"),
                        MediaType.valueOf(row.getString("type"))),
                MediaState.valueOf(row.getString("state")), row.getString("facebook_id"), row.getString("session_id"),
                row.getLong("bytes"), row.getString("name"), row.getString("credential_id"),
                row.getLong("wanted_from"), row.getLong("wanted_to"), row.getString("problem"),
                time(row, "created_at"), time(row, "changed_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, OffsetDateTime.class)).toInstant();
    }
}
