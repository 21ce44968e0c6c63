package io.campaignlauncher.messaging;

import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks a server now and then whether it is there, and says in one line that it went and in one that it is back. Each client of it
 * would say so each time that it tries to connect, so they are kept quiet about it.
 */
public final class ServerWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int VALID_WITHIN_SECONDS = 5;

    private final String what;
    private final Question question;
    private final Readiness from;
    private final ThrottledWarning warning;
    private final BackgroundThread thread;
    private volatile boolean away;

    /** A call of the server. */
    interface Question {

        /** @throws Exception when it does not answer, within seconds */
        void ask() throws Exception;
    }

    /** @param from whoever waits for the server's first answer says so itself */
    ServerWatch(String server, Question question, Readiness from, Clock clock) {
        this.what = server + " does not answer";
        this.question = question;
        this.from = from;
        this.warning = new ThrottledWarning(LOG, clock);
        this.thread = new BackgroundThread("watch-" + server, this::watch);
    }

    static ServerWatch ofKafka(KafkaSettings settings, KafkaPresence kafka, Readiness topics, Clock clock) {
        return new ServerWatch("Kafka at " + settings.bootstrapServers(), kafka::brokers, topics, clock);
    }

    /** @param url without what follows a question mark it is in the log */
    public static ServerWatch ofDatabase(String url, DataSource dataSource, Clock clock) {
        return new ServerWatch("the database " + AwaitedDatabase.withoutParameters(url), () -> {
            try (var connection = dataSource.getConnection()) {
                if (!connection.isValid(VALID_WITHIN_SECONDS)) {
                    throw new SQLTransientConnectionException("a connection that was there is not good any more");
                }
            }
        }, Readiness.always(), clock);
    }

    /** Whether it did not answer when it was last asked. */
    public boolean isAway() {
        return away;
    }

    private void watch(BackgroundThread thread) {
        thread.await(from);
        while (thread.goesOn()) {
            try {
                question.ask();
                away = false;
                warning.over();
            } catch (InterruptedException stopping) {
                return;
            } catch (Exception e) {
                if (thread.goesOn()) {
                    away = true;
                    warning.warn(what, e);
                }
            }
            thread.pause(EVERY);
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.interrupt().join();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }
}
