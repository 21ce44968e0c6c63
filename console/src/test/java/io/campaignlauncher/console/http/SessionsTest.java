package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Principal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Sessions sessions = new Sessions(
            new ConsoleSettings.Sessions(Duration.ofMinutes(30), Duration.ofHours(12), 3), new LogInFigures(meters),
            nanos::get);

    @Test
    void one_in_which_nobody_asks_ends_and_asking_keeps_it() {
        var asking = open();
        var idle = open();
        pass(Duration.ofMinutes(20));
        assertThat(sessions.of(asking)).isPresent();
        pass(Duration.ofMinutes(20));

        assertThat(sessions.of(asking)).isPresent();
        assertThat(sessions.of(idle)).isEmpty();
        assertThat(sessions.count()).isEqualTo(1);
    }

    @Test
    void one_ends_some_time_however_often_somebody_asks() {
        var session = open();
        for (int i = 0; i < 12 * 3 - 1; i++) {
            pass(Duration.ofMinutes(20));
            assertThat(sessions.of(session)).isPresent();
        }

        pass(Duration.ofMinutes(20));

        assertThat(sessions.of(session)).isEmpty();
    }

    @Test
    void of_too_many_the_one_in_which_nobody_asked_for_longest_ends() {
        var first = open();
        var second = open();
        var third = open();
        pass(Duration.ofMinutes(1));
        assertThat(sessions.of(first)).isPresent();

        var fourth = open();

        assertThat(sessions.of(second)).isEmpty();
        assertThat(sessions.of(first)).isPresent();
        assertThat(sessions.of(third)).isPresent();
        assertThat(sessions.of(fourth)).isPresent();
        assertThat(meters.get("console.sessions").gauge().value()).isEqualTo(3);
        assertThat(meters.get("console.sessions.ended").tag("why", "too_many").counter().count()).isEqualTo(1);
    }

    @Test
    void is_found_by_the_word_that_the_browser_got_and_by_nothing_that_is_kept_here() {
        var secret = open();
        var session = sessions.of(secret).orElseThrow();

        assertThat(session.key()).doesNotContain(secret);
        assertThat(sessions.of(session.key())).isEmpty();
        sessions.end(session, LogInFigures.End.LOG_OUT);
        assertThat(sessions.of(secret)).isEmpty();
    }

    @Test
    void shows_no_token() {
        assertThat(new Tokens("my-access", "my-refresh").toString()).doesNotContain("my-");
    }

    private String open() {
        nanos.incrementAndGet();
        return sessions.open(Principal.LOCAL_OPERATOR, new Tokens("access", "refresh"));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
