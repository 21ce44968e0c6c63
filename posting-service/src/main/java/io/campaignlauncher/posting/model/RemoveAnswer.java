package io.campaignlauncher.posting.model;

/** What became of a request to delete a post, or to replace its text by a neutral one. */
public sealed interface RemoveAnswer {

    /** Done, or done before. */
    record Done() implements RemoveAnswer {}

    /** Too old to be deleted: after 48 hours a bot may only edit. */
    record TooOld() implements RemoveAnswer {}

    /** Not done, or nobody knows. It may be asked again. */
    record Failed(String reason) implements RemoveAnswer {}
}
