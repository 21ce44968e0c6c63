package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {

    @ParameterizedTest
    @ValueSource(strings = { "08006", "57P01", "53300", "40001", "40P01", "25006", "42P01", "42501", "55P03", "XX000" })
    void what_the_database_says_of_itself_is_an_outage(String state) {
        assertThat(Outage.isBehind(new IllegalStateException(new SQLException("no", state)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "22021", "22001", "23514", "23502", "54000" })
    void what_the_database_says_of_the_data_is_none(String state) {
        assertThat(Outage.isBehind(new IllegalStateException(new SQLException("no", state)))).isFalse();
    }

    @Test
    void no_connection_no_time_and_a_process_that_stops_are_outages() {
        assertThat(Outage.isBehind(new SQLTransientConnectionException("none within 5 s"))).isTrue();
        assertThat(Outage.isBehind(new CompletionException(new TimeoutException()))).isTrue();
        assertThat(Outage.isBehind(new RejectedExecutionException())).isTrue();
        assertThat(Outage.isBehind(new OutOfMemoryError())).isTrue();
    }

    @Test
    void what_cannot_be_read_or_is_an_error_of_ours_is_none() {
        assertThat(Outage.isBehind(new NullPointerException())).isFalse();
        assertThat(Outage.isBehind(new StackOverflowError())).isFalse();
        assertThat(Outage.isBehind(new IllegalArgumentException(new java.io.EOFException()))).isFalse();
    }
}
