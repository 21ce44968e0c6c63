package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

class AwaitedDatabaseTest {

    private final Queue<RuntimeException> failures = new ArrayDeque<>();
    private int starts;

    @ParameterizedTest
    @ValueSource(strings = { "57P01", "57P02", "57P03", "08001", "08006", "55P03" })
    void a_start_begins_anew_when_the_database_goes_away_meanwhile_or_a_lock_is_taken(String sqlState) {
        failures.addAll(List.of(failed(sqlState), failed(sqlState)));

        AwaitedDatabase.start(this::start);

        assertThat(starts).isEqualTo(3);
    }

    @Test
    void a_start_that_fails_for_another_reason_is_not_tried_again() {
        var refused = failed("42501");
        failures.add(refused);

        assertThatThrownBy(() -> AwaitedDatabase.start(this::start)).isSameAs(refused);
        assertThat(starts).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "jdbc:postgresql://h:99999/x", "jdbc:postgres://h/x", "h:5432" })
    void an_address_that_nobody_understands_ends_the_start_with_a_sentence(String url) {
        var context = new GenericApplicationContext();
        context.getEnvironment().getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("spring.datasource.url", url)));

        assertThatThrownBy(() -> new AwaitedDatabase().initialize(context)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("spring.datasource.url");
    }

    private void start() {
        starts++;
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
    }

    private static RuntimeException failed(String sqlState) {
        return new IllegalStateException("no bean", new RuntimeException(new SQLException("no", sqlState)));
    }
}
