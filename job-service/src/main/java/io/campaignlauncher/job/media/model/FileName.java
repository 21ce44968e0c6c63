package io.campaignlauncher.job.media.model;

import io.campaignlauncher.job.model.TextRules;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file within an upload, and what a launch names a file by.
 *
 * @param upload under which files belong together
 */
public record FileName(String upload, String name) {

    /** Facebook's bound for the name of an image. */
    public static final int LENGTH_MAX = 100;
    /** Before the hash of a content, where a launch names one. */
    public static final String BY_CONTENT = "sha256:";

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /** What is wrong with a name of a file or of an upload; null: nothing. */
    public static @Nullable String mistake(String text) {
        if (text.isBlank() || text.length() > LENGTH_MAX) {
            return "must have 1 to " + LENGTH_MAX + " characters";
        }
        return text.startsWith(BY_CONTENT) ? "may not begin with " + BY_CONTENT : TextRules.mistake(text);
    }
}
