package io.campaignlauncher.accountcheck.model;

import io.campaignlauncher.schemas.GraphFault;

/** Something that was to be read from Facebook, or why it is not known. */
public sealed interface ReadResult<T> {

    /** It was read. */
    record Known<T>(T value) implements ReadResult<T> {}

    /** Facebook answered, but its answer does not tell. */
    record Unclear<T>(String why) implements ReadResult<T> {}

    /** The read failed. */
    record Unreadable<T>(GraphFault fault) implements ReadResult<T> {}

    /** It was not asked for. */
    record NotAsked<T>() implements ReadResult<T> {}
}
