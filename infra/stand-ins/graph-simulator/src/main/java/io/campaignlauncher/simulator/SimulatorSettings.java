package io.campaignlauncher.simulator;

import io.campaignlauncher.frontdoor.DoorSettings;
import io.campaignlauncher.frontdoor.ThisMachineOnly;
import io.campaignlauncher.simulator.core.GraphRules;
import java.time.Duration;

/**
 * How a {@link Simulator} is started.
 *
 * @param host    to listen on
 * @param port    0: a free one
 * @param threads that serve connections
 * @param seed    of the faults' probabilities
 * @param rules   of the simulated Facebook
 * @param https   with a certificate of its own, see {@link Simulator#certificate}
 * @param door    bounds of requests and connections
 */
public record SimulatorSettings(String host, int port, int threads, long seed, GraphRules rules, boolean https,
        DoorSettings door) {

    /** Queries of the Graph API are long, and its clients keep connections for a while. */
    private static final DoorSettings DOOR = DoorSettings.DEFAULTS.withHeads(128 * 1024, 64 * 1024).withTimes(
            DoorSettings.DEFAULTS.headPatience(), DoorSettings.DEFAULTS.bodyPatience(), Duration.ofMinutes(5));

    public static final SimulatorSettings DEFAULTS = new SimulatorSettings("127.0.0.1", 0, 1, 42, GraphRules.DEFAULTS,
            false, DOOR);

    public SimulatorSettings {
        ThisMachineOnly.require("--host", host);
        if (port < 0 || port > 65_535 || threads < 1 || threads > 64) {
            throw new IllegalArgumentException("port within 0..65535, threads within 1..64: " + port + ", " + threads);
        }
    }

    public SimulatorSettings withPort(int newPort) {
        return new SimulatorSettings(host, newPort, threads, seed, rules, https, door);
    }

    public SimulatorSettings withRules(GraphRules newRules) {
        return new SimulatorSettings(host, port, threads, seed, newRules, https, door);
    }

    public SimulatorSettings withSeed(long newSeed) {
        return new SimulatorSettings(host, port, threads, newSeed, rules, https, door);
    }

    public SimulatorSettings withHttps(boolean wanted) {
        return new SimulatorSettings(host, port, threads, seed, rules, wanted, door);
    }

    public SimulatorSettings withDoor(DoorSettings newDoor) {
        return new SimulatorSettings(host, port, threads, seed, rules, https, newDoor);
    }
}
