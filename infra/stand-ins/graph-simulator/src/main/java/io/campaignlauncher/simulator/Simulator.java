package io.campaignlauncher.simulator;

import io.campaignlauncher.simulator.core.Counters;
import io.campaignlauncher.simulator.core.Faults;
import io.campaignlauncher.simulator.core.GraphSimulator;
import io.campaignlauncher.simulator.core.WorldView;
import io.campaignlauncher.standin.RequestLog;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import java.util.SplittableRandom;

/** A running simulator: an address for clients, what really exists, and faults. Closing it stops it. */
public final class Simulator implements AutoCloseable {

    private final GraphSimulator core;
    private final SimulatorServer server;
    private final Clock clock;
    private final RequestLog requests;

    private Simulator(GraphSimulator core, SimulatorServer server, Clock clock, RequestLog requests) {
        this.core = core;
        this.server = server;
        this.clock = clock;
        this.requests = requests;
    }

    public static Simulator start() {
        return start(SimulatorSettings.DEFAULTS);
    }

    public static Simulator start(SimulatorSettings settings) {
        return start(settings, Clock.systemUTC());
    }

    public static Simulator start(SimulatorSettings settings, Clock clock) {
        var core = new GraphSimulator(settings.rules(), new SplittableRandom(settings.seed()));
        core.advance(clock.instant());
        var requests = new RequestLog();
        return new Simulator(core, SimulatorServer.start(settings, core, clock, requests), clock, requests);
    }

    /** E.g. {@code http://127.0.0.1:40123}, without a trailing slash. */
    public URI baseUrl() {
        return server.baseUrl();
    }

    /** What a client has to trust when the settings ask for https; it names the host, {@code localhost} and 127.0.0.1. */
    public Optional<X509Certificate> certificate() {
        return server.certificate();
    }

    /** What really exists now. */
    public WorldView world() {
        core.advance(clock.instant());
        return core.world();
    }

    public Faults faults() {
        return core.faults();
    }

    /** The latest requests as they came. */
    public RequestLog requests() {
        return requests;
    }

    public Counters counters() {
        return core.counters();
    }

    @Override
    public void close() {
        server.close();
    }
}
