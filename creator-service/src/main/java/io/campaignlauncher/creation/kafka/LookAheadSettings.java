package io.campaignlauncher.creation.kafka;

import io.campaignlauncher.creation.model.Urgency;
import java.time.Duration;

/**
 * How far a creator reads ahead for commands that are more urgent, and when it begins to; properties {@code
 * launch.creation.look-ahead} and {@code launch.creation.look-ahead-after}.
 *
 * @param commandsMax commands that wait aside, of all creators together; 0: none, they wait on their topic in its order
 * @param after       how long commands have to wait for room before it is worth it: reading ahead costs two writes a command
 */
public record LookAheadSettings(int commandsMax, Duration after) {

    public static final int COMMANDS_MAX = 256;
    /** What a level of priority is worth: before that, hardly anything would be overtaken. */
    public static final Duration AFTER = Urgency.COMMAND_LEVEL;

    public LookAheadSettings {
        if (commandsMax < 0) {
            throw new IllegalArgumentException("launch.creation.look-ahead must be 0 or more: " + commandsMax);
        }
        if (after.isNegative()) {
            throw new IllegalArgumentException("launch.creation.look-ahead-after must not be negative: " + after);
        }
    }
}
