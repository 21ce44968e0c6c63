package io.campaignlauncher.creation.kafka;

/**
 * How far a creator without room reads ahead for commands that are more urgent; property {@code launch.creation.look-ahead}.
 *
 * @param commandsMax commands that wait aside, of all creators together; 0: none, they wait on their topic in its order
 */
public record LookAheadSettings(int commandsMax) {

    public static final int COMMANDS_MAX = 256;

    public LookAheadSettings {
        if (commandsMax < 0) {
            throw new IllegalArgumentException("launch.creation.look-ahead must be 0 or more: " + commandsMax);
        }
    }
}
