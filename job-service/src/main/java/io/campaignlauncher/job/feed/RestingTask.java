package io.campaignlauncher.job.feed;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.ReplicationStream.ReplicationMessageProcessor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Debezium looks at the log as often when nothing happens as when much does: its poll interval is both how late an event may be and
 * how long it rests, and of each it spins through the last millisecond. Set so that events are not late, that costs an
 * idle feed a seventh of a core. So here both of its threads rest longer once nothing has come for a while, and from the first
 * message on none at all.
 */
public final class RestingTask extends PostgresConnectorTask {

    private static final Duration QUIET_FROM = Duration.ofSeconds(2);
    /** What the first event after a quiet time may be late. */
    private static final Duration LOG_REST = Duration.ofMillis(20);
    /** Ended by the first message; heartbeats, which nobody waits for, may be as late. */
    private static final Duration QUEUE_REST = Duration.ofMillis(250);

    private final Semaphore came = new Semaphore(0);
    private volatile long cameAtNanos = System.nanoTime();
    private boolean foundNothing;

    @Override
    protected ReplicationConnection buildReplicationConnection(PostgresConnection connection, PostgresSchema schema,
            PostgresConnectorConfig config) throws SQLException {
        var built = super.buildReplicationConnection(connection, schema, config);
        return around(ReplicationConnection.class, built,
                (_, _, answer) -> answer instanceof ReplicationStream stream ? resting(stream) : answer);
    }

    private ReplicationStream resting(ReplicationStream stream) {
        return around(ReplicationStream.class, stream, (method, arguments, answer) -> {
            if ("readPending".equals(method)) {
                return noted((boolean) answer || isQuiet()
                        && restedAndRead(stream, (ReplicationMessageProcessor) arguments[0]));
            }
            return answer;
        });
    }

    private static boolean restedAndRead(ReplicationStream stream, ReplicationMessageProcessor processor)
            throws SQLException, InterruptedException {
        Thread.sleep(LOG_REST);
        return stream.readPending(processor);
    }

    private boolean noted(boolean message) {
        if (message) {
            cameAtNanos = System.nanoTime();
            came.release();
        }
        return message;
    }

    private boolean isQuiet() {
        return System.nanoTime() - cameAtNanos > QUIET_FROM.toNanos();
    }

    /** What is in the queue is handed over before there is any rest. */
    @Override
    public List<SourceRecord> doPoll() throws InterruptedException {
        if (foundNothing && isQuiet()) {
            came.tryAcquire(QUEUE_REST.toMillis(), TimeUnit.MILLISECONDS);
        }
        came.drainPermits();
        var found = super.doPoll();
        foundNothing = found == null || found.isEmpty();
        return found;
    }

    /** What becomes of the answer to a call. */
    private interface Afterwards {
        Object answer(String method, Object[] arguments, Object answer) throws Exception;
    }

    private static <T> T around(Class<T> type, T inner, Afterwards afterwards) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{ type },
                (_, method, arguments) -> {
                    try {
                        return afterwards.answer(method.getName(), arguments, method.invoke(inner, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
