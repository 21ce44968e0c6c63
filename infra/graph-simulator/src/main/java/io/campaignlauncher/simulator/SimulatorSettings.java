package io.campaignlauncher.simulator;

import io.campaignlauncher.simulator.core.GraphRules;

/**
 * How a {@link Simulator} is started.
 *
 * @param host    to listen on
 * @param port    0: a free one
 * @param threads that serve connections
 * @param seed    of the faults' probabilities
 * @param rules   of the simulated Facebook
 * @param https   with a certificate of its own, see {@link Simulator#certificate}
 */
public record SimulatorSettings(String host, int port, int threads, long seed, GraphRules rules, boolean https) {

    public static final SimulatorSettings DEFAULTS = new SimulatorSettings("127.0.0.1", 0, 1, 42, GraphRules.DEFAULTS,
            false);

    public SimulatorSettings {
        if (port < 0 || port > 65_535 || threads < 1 || threads > 64) {
            throw new IllegalArgumentException("port within 0..65535, threads within 1..64: " + port + ", " + threads);
        }
    }

    public SimulatorSettings withPort(int newPort) {
        return new SimulatorSettings(host, newPort, threads, seed, rules, https);
    }

    public SimulatorSettings withRules(GraphRules newRules) {
        return new SimulatorSettings(host, port, threads, seed, newRules, https);
    }

    public SimulatorSettings withSeed(long newSeed) {
        return new SimulatorSettings(host, port, threads, newSeed, rules, https);
    }

    public SimulatorSettings withHttps(boolean wanted) {
        return new SimulatorSettings(host, port, threads, seed, rules, wanted);
    }
}
