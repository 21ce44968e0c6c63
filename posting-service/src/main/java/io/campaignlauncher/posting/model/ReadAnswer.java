package io.campaignlauncher.posting.model;

/** What a read of one message by its id shows. */
public sealed interface ReadAnswer {

    record Content(MessageContent content) implements ReadAnswer {}

    /** There is no such message, or this read cannot see it. */
    record Gone() implements ReadAnswer {}

    /** It may be there, and cannot be read. */
    record Unreadable(String reason) implements ReadAnswer {}
}
