package io.campaignlauncher.posting.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What comes next for a post job. */
public sealed interface PostStep {

    /** Look whether the bot may post in the channel. */
    record CheckChannel() implements PostStep {}

    /** Find a message id of a channel of which none is known. */
    record FindTop() implements PostStep {}

    /** Send the post to the log channel. */
    record Rehearse(ComposedPost post) implements PostStep {}

    /** Store an attempt, then send the post once. @param mark an id that is below the post's */
    record Send(int number, int mark, ComposedPost post) implements PostStep {}

    /** Look for a post that may be there. @param settled whether it counts if it is not */
    record LookForPost(LookPlan plan, boolean settled) implements PostStep {}

    /** Read the post back. */
    record Verify(LookPlan plan) implements PostStep {}

    /** Count the posts with the job's marker, once no attempt can post any more. */
    record LastLook(LookPlan plan) implements PostStep {}

    /** The post was read back and no attempt was ever in doubt: that read was the last look. */
    record Confirm() implements PostStep {}

    /** Look what there is to be taken back. @param quiet whether it counts if nothing is there */
    record LookToWithdraw(LookPlan plan, boolean quiet) implements PostStep {}

    /** Delete a post that was read as this job's. @param byEdit it is too old: replace its text by a neutral one */
    record Remove(int messageId, boolean byEdit) implements PostStep {}

    /** There is no post, and there will be none. */
    record GiveUp(String reason) implements PostStep {}

    /** Only a person can go on. */
    record AskPerson(String question) implements PostStep {}

    /** Nothing until then. @param until null: nothing until somebody asks */
    record Rest(@Nullable Instant until) implements PostStep {}
}
