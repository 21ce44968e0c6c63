package io.campaignlauncher.simulator;

import io.campaignlauncher.simulator.core.AccountPlace;
import io.campaignlauncher.simulator.core.GraphRules;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs a simulator alone: {@code --port=8090 --https=true --latency-ms=50 --batch-latency-ms=150 --tier=FULL}. */
public final class SimulatorMain {

    private SimulatorMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        SimulatorSettings settings;
        try {
            settings = settings(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        var stopped = new CountDownLatch(1);
        var simulator = Simulator.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            simulator.close();
            stopped.countDown();
        }));
        simulator.certificate().ifPresent(SimulatorMain::print);
        System.out.println("Graph simulator at " + simulator.baseUrl() + " (control: " + simulator.baseUrl()
                + "/_simulator/state)");
        stopped.await();
    }

    /** Options as {@code --name=value} or {@code --name value}. */
    static SimulatorSettings settings(String... arguments) {
        var host = SimulatorSettings.DEFAULTS.host();
        int port = 8090;
        int threads = SimulatorSettings.DEFAULTS.threads();
        long seed = SimulatorSettings.DEFAULTS.seed();
        boolean https = SimulatorSettings.DEFAULTS.https();
        var rules = GraphRules.DEFAULTS;
        var door = SimulatorSettings.DEFAULTS.door();
        for (int i = 0; i < arguments.length; i++) {
            var argument = arguments[i];
            int equals = argument.indexOf('=');
            var name = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0 && i + 1 == arguments.length) {
                throw new IllegalArgumentException("a value is missing after " + name);
            }
            var value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
            switch (name) {
                case "--host" -> host = value;
                case "--hosts" -> door = door.withHosts(List.of(value.split(",")));
                case "--port" -> port = Integer.parseInt(value);
                case "--threads" -> threads = Integer.parseInt(value);
                case "--https" -> https = Boolean.parseBoolean(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--latency-ms" -> rules = rules.withLatency(millis(value), rules.batchLatency());
                case "--batch-latency-ms" -> rules = rules.withLatency(rules.latency(), millis(value));
                case "--edge-lag-ms" -> rules = rules.withReadLag(millis(value), rules.hiddenById());
                case "--hidden-by-id-ms" -> rules = rules.withReadLag(rules.edgeLag(), millis(value));
                case "--mutations-per-second" -> rules = rules.withMutationsPerSecondMax(Integer.parseInt(value));
                case "--objects-max" -> rules = rules.withObjectsMax(Integer.parseInt(value));
                case "--video-encoding-ms" ->
                    rules = rules.withVideos(rules.videos().withEncoding(millis(value)));
                case "--video-session-ms" ->
                    rules = rules.withVideos(rules.videos().withSessionLife(millis(value)));
                case "--video-chunk-bytes" ->
                    rules = rules.withVideos(rules.videos().withChunkBytes(Integer.parseInt(value)));
                case "--currency" -> rules = rules.withNewAccounts(
                        AccountPlace.of(value, rules.newAccounts().timeZone().getId()));
                case "--time-zone" -> rules = rules.withNewAccounts(
                        AccountPlace.of(rules.newAccounts().currency().name(), value));
                case "--tier" -> rules = rules.withTier(GraphRules.Tier.valueOf(value));
                default -> throw new IllegalArgumentException("unknown option " + name
                        + "; known: --host --hosts --port --threads --https "
                        + "--seed --latency-ms --batch-latency-ms --edge-lag-ms --hidden-by-id-ms --mutations-per-second "
                        + "--objects-max --video-encoding-ms --video-session-ms --video-chunk-bytes --currency "
                        + "--time-zone --tier");
            }
        }
        return new SimulatorSettings(host, port, threads, seed, rules, https, door);
    }

    /** For a client's trust store. */
    private static void print(X509Certificate certificate) {
        try {
            System.out.println("-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[]{ '\n' }).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----");
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was just made has no encoding", e);
        }
    }

    private static Duration millis(String value) {
        return Duration.ofMillis(Long.parseLong(value));
    }
}
