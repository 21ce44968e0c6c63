package io.campaignlauncher.job.http;

import io.campaignlauncher.job.media.model.FileName;
import io.campaignlauncher.job.model.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names that a request gives to a file. */
final class MediaNames {

    private MediaNames() {}

    /** @param text null: none @param found where is noted what is wrong with it */
    static @Nullable String optional(@Nullable String text, String field, List<Violation> found) {
        var mistake = text == null ? null : FileName.mistake(text);
        if (mistake != null) {
            found.add(new Violation(field, mistake));
        }
        return text;
    }

    /** The file's name within an upload; null where it is in none. */
    static @Nullable FileName file(@Nullable String upload, @Nullable String name, List<Violation> found) {
        optional(upload, "upload", found);
        if (upload == null) {
            return null;
        }
        if (name == null) {
            found.add(new Violation("name", "is needed: the file's within the upload"));
            return null;
        }
        return new FileName(upload, name);
    }
}
