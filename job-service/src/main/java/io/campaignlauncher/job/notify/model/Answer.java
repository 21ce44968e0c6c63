package io.campaignlauncher.job.notify.model;

/** What came of one attempt to deliver. */
public sealed interface Answer {

    /** The receiver answered. @param status of HTTP */
    record Answered(int status) implements Answer {}

    /** No answer, or none was asked for. @param reason one line, without secrets */
    record Unanswered(String reason) implements Answer {}
}
