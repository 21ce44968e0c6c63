package io.campaignlauncher.job.media;

import io.campaignlauncher.job.media.model.FileName;
import io.campaignlauncher.job.media.model.StoredMedia;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known of images and videos. Every call blocks. */
public final class MediaFiles {

    private final JdbcClient sql;
    private final MediaTable table;

    MediaFiles(JdbcClient sql, MediaTable table) {
        this.sql = sql;
        this.table = table;
    }

    /**
     * Those of these that the account has, or that are encoded for it; one query, which takes part in the caller's transaction. Where an
     * image and a video have the same content there are two.
     *
     * @param upload     whose files may be named; null: none
     * @param references each {@code sha256:} and 64 hex digits, or the name of a file
     */
    public List<MediaFile> find(String tenant, String adAccountId, @Nullable String upload,
            Collection<String> references) {
        return references.isEmpty() ? List.of() : sql.sql("""
                select r.reference, f.type, f.facebook_id
                from unnest(:references) as r (reference)
                left join media_names n on n.tenant = :tenant and n.upload = :upload and n.file_name = r.reference
                join media_files f on f.tenant = :tenant and f.ad_account_id = :account
                  and f.sha256 = case when starts_with(r.reference, :byContent)
                      then substr(r.reference, length(:byContent) + 1) else n.sha256 end
                  and (starts_with(r.reference, :byContent) or f.type = n.type)
                where f.state in ('PROCESSING', 'READY') and f.facebook_id is not null
                order by r.reference, f.type""")
                .param("references", references.toArray(String[]::new)).param("tenant", tenant)
                .param("account", adAccountId).param("upload", upload == null ? "" : upload)
                .param("byContent", FileName.BY_CONTENT)
                .query((row, _) -> new MediaFile(row.getString("reference"), MediaType.valueOf(row.getString("type")),
                        row.getString("facebook_id"), null))
                .list();
    }

    /**
     * The latest first.
     *
     * @param tenant      null: of all
     * @param adAccountId null: of all
     * @param before      the number of the last one before
     */
    public List<StoredMedia> list(@Nullable String tenant, @Nullable String adAccountId, long before, int limit) {
        return table.list(tenant, adAccountId, before, limit);
    }
}
