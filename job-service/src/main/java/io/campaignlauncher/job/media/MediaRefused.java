package io.campaignlauncher.job.media;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An upload that goes no further. Expected, so it carries no stack trace. */
public final class MediaRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Why why;
    private final @Nullable Duration retryAfter;

    /** The kinds of reasons. */
    public enum Why {
        /** It is not of a kind that is taken. */
        TYPE,
        /** The file ended before its length. */
        BROKEN_OFF,
        /** The name stands for another content. */
        NAME_TAKEN,
        /** The same content was said to have another length. */
        OTHER_LENGTH, NOT_THERE,
        /** Facebook says no, and would again. */
        REFUSED_BY_FACEBOOK,
        /** The same request may go well later. */
        NOT_NOW
    }

    MediaRefused(Why why, String sentence) {
        this(why, sentence, null);
    }

    /** @param sentence for people; holds no secret @param retryAfter null: not said */
    MediaRefused(Why why, String sentence, @Nullable Duration retryAfter) {
        super(sentence, null, false, false);
        this.why = why;
        this.retryAfter = retryAfter;
    }

    public Why why() {
        return why;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
