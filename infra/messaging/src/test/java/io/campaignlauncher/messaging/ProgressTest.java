package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final AtomicLong nanos = new AtomicLong(1);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Progress progress = new Progress("feed", meters, nanos::get);

    @Test
    void time_without_progress_grows_until_some_is_made() {
        nanos.addAndGet(Duration.ofSeconds(90).toNanos());
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofSeconds(90));
        assertThat(stalledSeconds()).isEqualTo(90);

        progress.made();
        assertThat(stalledSeconds()).isZero();
    }

    private double stalledSeconds() {
        return meters.get("progress.stalled").tag("part", "feed").gauge().value();
    }
}
