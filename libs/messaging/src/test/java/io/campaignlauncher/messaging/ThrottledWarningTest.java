package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ThrottledWarningTest {

    private final Logger log = (Logger) LoggerFactory.getLogger("occasional");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Instant now = Instant.EPOCH;
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        log.detachAppender(lines);
    }

    @Test
    void an_outage_of_an_hour_with_an_attempt_each_second_is_worth_a_few_lines_that_count() {
        var warning = new ThrottledWarning(log, clock);
        for (int second = 0; second < 3600; second++) {
            warning.warn("feed", "no wal_level");
            now = now.plus(Duration.ofSeconds(1));
        }
        assertThat(told()).hasSizeLessThan(12).startsWith("feed: no wal_level",
                "feed: no wal_level (30 times since the last such line)",
                "feed: no wal_level (60 times since the last such line)");

        warning.over();
        warning.over();
        warning.warn("feed", "no wal_level");
        assertThat(told()).endsWith("feed: that is over, after 3600 s", "feed: no wal_level")
                .filteredOn(line -> line.contains("over")).hasSize(1);
    }

    @Test
    void an_outage_that_comes_and_goes_each_second_is_told_as_seldom_as_one_that_stays() {
        var warning = new ThrottledWarning(log, clock);
        for (int second = 0; second < 120; second++) {
            warning.warn("feed", "no wal_level");
            warning.over();
            now = now.plus(Duration.ofSeconds(1));
        }
        assertThat(told()).hasSize(8).startsWith("feed: no wal_level", "feed: that is over, after 0 s",
                "feed: no wal_level (30 times since the last such line)");
    }

    @Test
    void two_troubles_that_take_turns_are_told_as_seldom_as_one() {
        var warnings = new ThrottledWarnings("feed", log, clock);
        for (int second = 0; second < 20; second++) {
            warnings.warn("one");
            warnings.warn("the other");
            now = now.plus(Duration.ofSeconds(1));
        }
        assertThat(told()).containsExactly("feed: one", "feed: the other");
    }

    private List<String> told() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
