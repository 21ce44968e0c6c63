package io.campaignlauncher.look;

import java.util.Locale;

/**
 * Something that is not on Facebook as a job's slots say.
 *
 * @param entity     which slot, like {@code ad_set 3}; for what no slot knows only its type
 * @param facebookId digits
 * @param is         what Facebook holds; a dash: nothing
 * @param should     what the slots say; a dash: nothing
 */
public record FacebookDifference(Kind kind, String entity, String facebookId, String is, String should) {

    static final String NOTHING = "-";

    /** What is different. */
    public enum Kind {
        /** A slot's entity does not exist. */
        MISSING,
        /** A slot's entity is not shown, and reads may still miss what was created last. */
        NOT_SHOWN_YET,
        /** A slot's entity was deleted by the job, and exists. */
        STILL_THERE,
        /** In the job's campaign, or with its label, and no slot knows it. */
        UNKNOWN,
        NAME,
        PARENT,
        /** Somebody turned it on or off. */
        STATUS;

        /** In lower case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
