package io.campaignlauncher.posting.model;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the posting service tells of a post job. A fact; it may be told twice. */
public sealed interface PostReport {

    UUID jobId();

    /** Within its job the same for the same fact. */
    String name();

    /** A request is about to leave. @param attempt from 1 */
    record Started(UUID jobId, int attempt) implements PostReport {

        @Override
        public String name() {
            return "started/" + attempt;
        }
    }

    /** Nobody knows whether the attempt has posted. @param known what was seen @param waitsForPerson whether only a person can go on */
    record Unknown(UUID jobId, int attempt, String known, boolean waitsForPerson) implements PostReport {

        @Override
        public String name() {
            return waitsForPerson ? "asked/" + known : "unknown/" + attempt;
        }
    }

    /** The attempt has certainly not posted. Another one may. */
    record NotMade(UUID jobId, int attempt, String reason) implements PostReport {

        @Override
        public String name() {
            return "not-made/" + attempt;
        }
    }

    /** The post was read back. @param contentHash of what was read; null where posts are not read */
    record Posted(UUID jobId, int attempt, long chatId, int messageId, String link,
            @Nullable String contentHash) implements PostReport {

        @Override
        public String name() {
            return "posted/" + messageId;
        }
    }

    /** There is no post, and there will be none. */
    record Failed(UUID jobId, String reason) implements PostReport {

        @Override
        public String name() {
            return "failed";
        }
    }

    /** Nothing is posted in the channel for now; the job waits. */
    record ChannelHeld(UUID jobId, long chatId, String reason) implements PostReport {

        @Override
        public String name() {
            return "held/" + reason;
        }
    }

    /** The look before money moves. @param removed posts that were too much, and are gone */
    record LastLook(UUID jobId, Result result, int messageId, List<Integer> removed) implements PostReport {

        /** What it has shown. */
        public enum Result {
            OK, SURPLUS_REMOVED,
            /** The post is not there any more. A person decides. */
            GONE
        }

        public LastLook {
            removed = List.copyOf(removed);
        }

        @Override
        public String name() {
            return "last-look/" + result + "/" + messageId;
        }
    }

    /** Whatever was posted is gone, and no attempt can post any more. */
    record RolledBack(UUID jobId, String reason, List<Integer> removed) implements PostReport {

        public RolledBack {
            removed = List.copyOf(removed);
        }

        @Override
        public String name() {
            return "rolled-back";
        }
    }
}
