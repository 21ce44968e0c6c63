package io.campaignlauncher.eventstore;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Waits of jobs as rows of the timers' table, for whoever writes them where no scheduler runs. */
public final class WaitRows {

    /** Of the scheduler, with the columns that it asks for. */
    public static final String TABLE = "event_store.timers";
    /** The scheduler's name for the end of a wait. */
    public static final String END_WAIT = "end-wait";

    private static final char SEPARATOR = '/';

    private final JdbcClient jdbc;

    public WaitRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a wait's row is called. */
    public static String instance(String jobId, int waitNumber) {
        return jobId + SEPARATOR + waitNumber;
    }

    public static String jobId(String instance) {
        return instance.substring(0, instance.indexOf(SEPARATOR));
    }

    public static int waitNumber(String instance) {
        return Integer.parseInt(instance.substring(instance.indexOf(SEPARATOR) + 1));
    }

    /** Notes the wait, unless it is noted. @return whether it was not */
    public boolean schedule(String jobId, int waitNumber, Instant at) {
        return jdbc.sql("insert into " + TABLE
                + " (task_name, task_instance, execution_time, picked, version) values (?, ?, ?, false, 1)"
                + " on conflict do nothing")
                .params(END_WAIT, instance(jobId, waitNumber), Timestamp.from(at)).update() == 1;
    }
}
