package io.campaignlauncher.posting.model;

/** What became of a request to delete a post, or to replace its text by a neutral one. */
public sealed interface RemoveAnswer {

    /** Done, or done before. @param byEdit its text was replaced: it could not be deleted any more */
    record Done(boolean byEdit) implements RemoveAnswer {}

    /** Not done, or nobody knows. It may be asked again. */
    record Failed(String reason) implements RemoveAnswer {}
}
