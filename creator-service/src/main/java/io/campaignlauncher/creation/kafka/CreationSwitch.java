package io.campaignlauncher.creation.kafka;

/**
 * The kill switch {@code launch.kill-switch.creation}. While it is off no command is taken: commands wait on their topic,
 * and rounds that were begun go on to their end.
 */
public final class CreationSwitch {

    private volatile boolean on;

    public CreationSwitch(boolean on) {
        this.on = on;
    }

    public boolean isOn() {
        return on;
    }

    public void set(boolean nowOn) {
        on = nowOn;
    }
}
