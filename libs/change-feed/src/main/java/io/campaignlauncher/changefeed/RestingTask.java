package io.campaignlauncher.changefeed;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Debezium polls the log as often when nothing happens as when much does: its poll interval is both how late an event may be and
 * how long it rests, and of each it spins through the last millisecond. Set so that events are not late, that costs an
 * idle feed a seventh of a core. So here the thread that hands over rests until a message comes, and the one that reads rests
 * longer once nothing has come for a while, and from the first message on not at all.
 */
public final class RestingTask extends PostgresConnectorTask {

    private static final Duration QUIET_FROM = Duration.ofSeconds(2);
    /** What the first event after a quiet time may be late, at most. */
    private static final Duration LOG_REST_MAX = Duration.ofMillis(200);
    /** It rests this part of how long nothing has come. */
    private static final int LOG_REST_PART = 100;
    /** How long either thread stays away from Debezium. Ended by the first message; heartbeats, which nobody waits for, may be as late. */
    private static final Duration AWAY_MAX = Duration.ofSeconds(2);

    private final Semaphore came = new Semaphore(0);
    private volatile long cameAtNanos = System.nanoTime();
    private volatile boolean stopping;
    private boolean foundNothing;

    @Override
    protected ReplicationConnection buildReplicationConnection(PostgresConnection connection, PostgresSchema schema,
            PostgresConnectorConfig config) throws SQLException {
        var built = super.buildReplicationConnection(connection, schema, config);
        return around(ReplicationConnection.class, built,
                (_, call) -> {
                    var answer = call.answer();
                    return answer instanceof ReplicationStream stream ? resting(stream) : answer;
                });
    }

    private ReplicationStream resting(ReplicationStream stream) {
        return around(ReplicationStream.class, stream,
                (method, call) -> "readPending".equals(method) ? pending(call) : call.answer());
    }

    /** Whether a message came. While nothing comes it polls now and then, and tells Debezium seldom that nothing did. */
    private @Nullable Object pending(Call heldCall) throws Throwable {
        var since = System.nanoTime();
        Object answer;
        do {
            var quiet = quiet();
            if (quiet.compareTo(QUIET_FROM) > 0) {
                var rest = quiet.dividedBy(LOG_REST_PART);
                Thread.sleep(rest.compareTo(LOG_REST_MAX) < 0 ? rest : LOG_REST_MAX);
            }
            answer = heldCall.answer();
        } while (Boolean.FALSE.equals(answer) && !stopping && quiet().compareTo(QUIET_FROM) > 0
                && System.nanoTime() - since < AWAY_MAX.toNanos());
        if (Boolean.TRUE.equals(answer)) {
            cameAtNanos = System.nanoTime();
            came.release();
        }
        return answer;
    }

    @Override
    protected void doStop() {
        stopping = true;
        came.release();
        super.doStop();
    }

    private Duration quiet() {
        return Duration.ofNanos(System.nanoTime() - cameAtNanos);
    }

    /** What is in the queue is handed over before there is any rest. A message wakes it up once it is in the queue. */
    @Override
    public List<SourceRecord> doPoll() throws InterruptedException {
        if (foundNothing) {
            came.tryAcquire(AWAY_MAX.toMillis(), TimeUnit.MILLISECONDS);
        }
        came.drainPermits();
        var found = super.doPoll();
        foundNothing = found == null || found.isEmpty();
        return found;
    }

    /** A call that is held up: asked for its answer, it is made. */
    private interface Call {
        @Nullable
        Object answer() throws Throwable;
    }

    private interface Around {
        @Nullable
        Object answer(String method, Call call) throws Throwable;
    }

    private static <T> T around(Class<T> type, T inner, Around around) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{ type },
                (_, method, arguments) -> around.answer(method.getName(), () -> {
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                })));
    }
}
