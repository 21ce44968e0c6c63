package io.campaignlauncher.changefeed;

import io.debezium.connector.postgresql.PostgresConnector;
import org.apache.kafka.connect.connector.Task;

/** Debezium's connector for PostgreSQL, with a task that rests while nothing happens. Public because its engine makes it by its name. */
public final class RestingConnector extends PostgresConnector {

    @Override
    public Class<? extends Task> taskClass() {
        return RestingTask.class;
    }
}
