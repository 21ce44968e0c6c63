package io.campaignlauncher.rollback.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;

class RollbackListenerTest {

    private boolean reading;
    private final SmartLifecycle topic = new SmartLifecycle() {
        @Override
        public void start() {
            reading = true;
        }

        @Override
        public void stop() {
            reading = false;
        }

        @Override
        public boolean isRunning() {
            return reading;
        }
    };

    @Test
    void reads_from_its_start_to_its_stop() {
        var listener = new RollbackListener(topic, true);
        assertThat(reading).isFalse();

        listener.start();
        assertThat(reading).isTrue();
        listener.stop();
        assertThat(reading).isFalse();
    }

    @Test
    void reads_nothing_while_it_is_switched_off() {
        var listener = new RollbackListener(topic, false);
        listener.start();
        assertThat(reading).isFalse();

        listener.enable(true);
        assertThat(reading).isTrue();
        listener.enable(false);
        assertThat(reading).isFalse();
    }

    @Test
    void is_not_started_by_its_switch() {
        var listener = new RollbackListener(topic, false);

        listener.enable(true);
        assertThat(reading).isFalse();
        listener.start();
        assertThat(reading).isTrue();
        listener.stop();
        listener.enable(false);
        listener.enable(true);
        assertThat(reading).isFalse();
    }
}
