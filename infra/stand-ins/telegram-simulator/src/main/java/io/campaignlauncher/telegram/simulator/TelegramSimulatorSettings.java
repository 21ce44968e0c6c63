package io.campaignlauncher.telegram.simulator;

import io.campaignlauncher.frontdoor.DoorSettings;
import io.campaignlauncher.frontdoor.ThisMachineOnly;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link TelegramSimulator} is started.
 *
 * @param host    to listen on, a loopback address
 * @param port    0: a free one
 * @param threads that serve connections
 * @param seed    of the faults' probabilities
 * @param rules   of the simulated Telegram
 * @param door    bounds of requests and connections
 * @param journal where the messages are kept, and come from; null: they go with the simulator
 */
public record TelegramSimulatorSettings(String host, int port, int threads, long seed, TelegramRules rules,
        DoorSettings door, @Nullable Path journal) {

    /** Texts may be in queries, and clients keep connections for a while. */
    private static final DoorSettings DOOR = DoorSettings.DEFAULTS.withHeads(128 * 1024, 64 * 1024).withTimes(
            DoorSettings.DEFAULTS.headPatience(), DoorSettings.DEFAULTS.bodyPatience(), Duration.ofMinutes(5));

    public static final TelegramSimulatorSettings DEFAULTS = new TelegramSimulatorSettings("127.0.0.1", 0, 1, 42,
            TelegramRules.DEFAULTS, DOOR, null);

    public TelegramSimulatorSettings {
        ThisMachineOnly.require("--host", host);
        if (port < 0 || port > 65_535 || threads < 1 || threads > 64) {
            throw new IllegalArgumentException("port within 0..65535, threads within 1..64: " + port + ", " + threads);
        }
    }

    public TelegramSimulatorSettings withPort(int newPort) {
        return new TelegramSimulatorSettings(host, newPort, threads, seed, rules, door, journal);
    }

    public TelegramSimulatorSettings withSeed(long newSeed) {
        return new TelegramSimulatorSettings(host, port, threads, newSeed, rules, door, journal);
    }

    public TelegramSimulatorSettings withRules(TelegramRules newRules) {
        return new TelegramSimulatorSettings(host, port, threads, seed, newRules, door, journal);
    }

    public TelegramSimulatorSettings withJournal(Path file) {
        return new TelegramSimulatorSettings(host, port, threads, seed, rules, door, file);
    }
}
