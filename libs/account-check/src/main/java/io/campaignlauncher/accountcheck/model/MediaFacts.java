package io.campaignlauncher.accountcheck.model;

import io.campaignlauncher.schemas.MediaFile;
import java.util.List;

/**
 * What was read of the images and videos that a launch names.
 *
 * @param files     one for each of them, in the order of the request
 * @param httpCalls HTTP requests made
 */
public record MediaFacts(List<Read> files, int httpCalls) {

    public static final MediaFacts NONE = new MediaFacts(List.of(), 0);

    public MediaFacts {
        files = List.copyOf(files);
    }

    /** @param file as it was asked about, a video that is ready with its thumbnail */
    public record Read(MediaFile file, ReadResult<State> state) {}

    /** How far a file has come. @param why Facebook's words; may be empty */
    public record State(Stage stage, String why) {}

    /** An image is {@link #READY} or {@link #MISSING}; a video may be anything. */
    public enum Stage {
        /** It can be shown. */
        READY,
        /** Its bytes are encoded. */
        ENCODED,
        /** Not all of its bytes are there. */
        UPLOADED,
        /** It is not there, or not any more. */
        MISSING,
        /** It cannot be shown. */
        BROKEN
    }
}
