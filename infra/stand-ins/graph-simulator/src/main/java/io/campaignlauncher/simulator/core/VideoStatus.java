package io.campaignlauncher.simulator.core;

/** What is to be known of a video at a glance. One that is being uploaded is said to be processing as well. */
public enum VideoStatus {
    UPLOADING("processing", VideoStatus.NOT_STARTED),
    PROCESSING("processing", "in_progress"),
    READY("ready", "complete"),
    ERROR("error", "error"),
    EXPIRED("expired", VideoStatus.NOT_STARTED);

    static final String NOT_STARTED = "not_started";

    final String word;
    final String processing;

    VideoStatus(String word, String processing) {
        this.word = word;
        this.processing = processing;
    }
}
