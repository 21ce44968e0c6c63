package io.campaignlauncher.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final StringWriter written = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void says_nothing_of_what_is_done_within_two_seconds() {
        for (var terminal : new boolean[]{ true, false }) {
            try (var progress = progress(terminal)) {
                progress.now(10);
                pass(Duration.ofMillis(1_999));
                progress.now(20);
            }
        }
        assertThat(written.toString()).isEmpty();
    }

    @Test
    void writes_a_line_now_and_then_where_nobody_is_watching() {
        try (var progress = progress(false)) {
            pass(Duration.ofSeconds(2));
            progress.now(1_000);
            pass(Duration.ofSeconds(9));
            progress.now(2_000);
            pass(Duration.ofSeconds(1));
            progress.now(3_000);
        }
        assertThat(written.toString().lines()).containsExactly("reading: 1,000 of about 5,000 events after 2 s",
                "reading: 3,000 of about 5,000 events after 12 s");
    }

    @Test
    void shows_a_bar_in_a_terminal() {
        try (var progress = progress(true)) {
            pass(Duration.ofSeconds(3));
            progress.now(2_500);
        }
        assertThat(written.toString()).startsWith("\r").contains("reading").contains("50%").contains("2500/5000");
    }

    @Test
    void asks_for_the_time_only_once_for_many_steps() {
        try (var progress = progress(false)) {
            pass(Duration.ofSeconds(3));
            for (long steps = 1; steps < 1_024; steps++) {
                progress.accept(steps);
            }
            assertThat(written.toString()).isEmpty();
            progress.accept(1_024);
            assertThat(written.toString()).hasLineCount(1);
        }
    }

    private Progress progress(boolean terminal) {
        return new Progress("reading", "events", 5_000, new PrintWriter(written), terminal, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
