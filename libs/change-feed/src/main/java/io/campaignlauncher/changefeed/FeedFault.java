package io.campaignlauncher.changefeed;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Why the change feed does not read.
 *
 * @param what         in a sentence, without the stack
 * @param needsAPerson whether trying again helps nothing before somebody has mended it; the sentence says how
 */
record FeedFault(String what, boolean needsAPerson) {

    private static final String MAY_NOT = "42501";
    private static final String TOO_MANY = "53400";
    private static final int CAUSES_MAX = 50;

    static FeedFault of(Throwable error) {
        var cause = error;
        SQLException said = null;
        for (int i = 0; i < CAUSES_MAX; i++) {
            if (cause instanceof FeedHeld held) {
                return new FeedFault(held.getMessage(), true);
            }
            if (cause instanceof SQLException sql) {
                said = sql;
            }
            if (cause.getCause() == null || cause.getCause() == cause) {
                break;
            }
            cause = cause.getCause();
        }
        var message = firstLine(cause);
        var remedy = said == null ? null : remedy(said);
        return new FeedFault(remedy == null ? message : message + ": " + remedy, remedy != null);
    }

    /** By SQL state, because messages come in the server's language. */
    private static @Nullable String remedy(SQLException said) {
        var state = said.getSQLState() == null ? "" : said.getSQLState();
        if (state.equals(MAY_NOT)) {
            return "give the database user of spring.datasource.* the right to replicate (alter role … replication)";
        }
        if (state.equals(TOO_MANY)) {
            return "raise max_replication_slots, or drop slots that nobody needs";
        }
        return state.startsWith("28") ? "see spring.datasource.* and the server's pg_hba.conf" : null;
    }

    private static String firstLine(Throwable cause) {
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    }
}
