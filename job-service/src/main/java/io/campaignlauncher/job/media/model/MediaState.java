package io.campaignlauncher.job.media.model;

/** How far an image or a video has come. An image that is known is ready. */
public enum MediaState {

    /** Facebook is asked for its id. */
    STARTING,
    /** Facebook takes its bytes. */
    UPLOADING,
    /** Facebook has every byte, and was not heard to say that it knows. */
    FINISHING,
    /** It is encoded. */
    PROCESSING,
    READY,
    /** It cannot be encoded. */
    ERROR,
    /** Its upload was not finished in time, or it is gone. */
    EXPIRED;

    /** What a look at Facebook showed. */
    public enum Look {
        /** It waits for bytes, or to hear that there are no more. */
        UNFINISHED, PROCESSING, READY, ERROR,
        /** It was not finished in time, or is not there. */
        GONE
    }

    /** Whether it may be started anew, under another id. */
    public boolean isOver() {
        return this == ERROR || this == EXPIRED;
    }

    /** Whether only Facebook knows what becomes of it. */
    public boolean isFacebooksTurn() {
        return this == FINISHING || this == PROCESSING || this == READY;
    }

    /** What it is once that was seen. One that Facebook still waits for goes on where it was. */
    public MediaState seen(Look look) {
        return switch (look) {
            case UNFINISHED -> this == UPLOADING ? UPLOADING : FINISHING;
            case PROCESSING -> PROCESSING;
            case READY -> READY;
            case ERROR -> ERROR;
            case GONE -> EXPIRED;
        };
    }
}
