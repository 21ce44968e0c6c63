package io.campaignlauncher.messaging;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Tells a failure that everybody meets, so that it is worth waiting for its end, from that of one message or one job, which will
 * fail again however often it is tried.
 */
public final class Outage {

    /** Classes of SQL states that say something about the data: data exception, integrity violation, a row that is too large. */
    private static final Set<String> OF_THE_DATA = Set.of("22", "23", "54");
    private static final int CAUSES_MAX = 50;

    private Outage() {}

    /** Whether the database, this process or its surroundings are in trouble, and not what was being worked on. */
    public static boolean isBehind(Throwable error) {
        var cause = error;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++, cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState() == null || sql.getSQLState().length() < 2
                        || !OF_THE_DATA.contains(sql.getSQLState().substring(0, 2));
            }
            if (cause instanceof TimeoutException || cause instanceof InterruptedException
                    || cause instanceof RejectedExecutionException || cause instanceof LinkageError
                    || cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return true;
            }
        }
        return false;
    }
}
