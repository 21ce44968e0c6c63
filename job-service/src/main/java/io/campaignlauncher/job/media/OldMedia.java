package io.campaignlauncher.job.media;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes what can no longer matter: videos whose upload nobody went on with, or that came to nothing, and old names. Facebook gives up an
 * upload far sooner. Passes over rows that somebody is using just now.
 */
public final class OldMedia {

    private static final Logger LOG = LoggerFactory.getLogger(OldMedia.class);
    private static final int AT_ONCE_MAX = 1_000;
    private static final int BATCHES_MAX = 200;

    private static final String UNFINISHED = """
            delete from media_files where number in (
                select number from media_files where state not in ('PROCESSING', 'READY')
                  and changed_at < now() - :keep * interval '1 millisecond' limit :max for update skip locked)""";
    private static final String NAMES = """
            delete from media_names where (tenant, upload, file_name) in (
                select tenant, upload, file_name from media_names
                where named_at < now() - :keep * interval '1 millisecond' limit :max for update skip locked)""";

    private final JdbcClient sql;
    private final UploadSettings settings;

    OldMedia(JdbcClient sql, UploadSettings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    /** Deletes what is there, up to a bound; what is left is for the next time. */
    public void purge() {
        int videos = deleted(UNFINISHED, settings.keepUnfinished().toMillis());
        int names = deleted(NAMES, settings.keepNames().toMillis());
        if (videos + names > 0) {
            LOG.info("deleted {} videos that were not finished and {} old names of files", videos, names);
        }
    }

    private int deleted(String statement, long keepMillis) {
        int all = 0;
        for (int batch = 0, deleted = AT_ONCE_MAX; batch < BATCHES_MAX && deleted >= AT_ONCE_MAX; batch++) {
            deleted = sql.sql(statement).param("keep", keepMillis).param("max", AT_ONCE_MAX).update();
            all += deleted;
        }
        return all;
    }
}
