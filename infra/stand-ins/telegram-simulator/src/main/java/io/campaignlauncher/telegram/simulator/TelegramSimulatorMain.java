package io.campaignlauncher.telegram.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs a simulator alone: {@code --port=8091 --seed=42 --latency-ms=50 --limits=false --journal=messages.jsonl}. */
public final class TelegramSimulatorMain {

    private TelegramSimulatorMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        TelegramSimulatorSettings settings;
        try {
            settings = settings(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        var stopped = new CountDownLatch(1);
        var simulator = TelegramSimulator.start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            simulator.close();
            stopped.countDown();
        }));
        System.out.println("Telegram simulator at " + simulator.baseUrl() + " (control: " + simulator.baseUrl()
                + "/_simulator/state)");
        stopped.await();
    }

    /** Options as {@code --name=value}. */
    static TelegramSimulatorSettings settings(String... arguments) {
        var host = TelegramSimulatorSettings.DEFAULTS.host();
        int port = 8091;
        int threads = TelegramSimulatorSettings.DEFAULTS.threads();
        long seed = TelegramSimulatorSettings.DEFAULTS.seed();
        var rules = TelegramSimulatorSettings.DEFAULTS.rules();
        var door = TelegramSimulatorSettings.DEFAULTS.door();
        Path journal = null;
        for (var argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("an option is written --name=value, not " + argument);
            }
            var value = argument.substring(equals + 1);
            switch (argument.substring(0, equals)) {
                case "--host" -> host = value;
                case "--hosts" -> door = door.withHosts(List.of(value.split(",")));
                case "--port" -> port = Integer.parseInt(value);
                case "--threads" -> threads = Integer.parseInt(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--latency-ms" -> rules = rules.withLatency(Duration.ofMillis(Long.parseLong(value)));
                case "--limits" -> rules = Boolean.parseBoolean(value) ? rules : rules.withoutLimits();
                case "--posts-of-other-bots" ->
                    rules = Boolean.parseBoolean(value) ? rules.withPostsOfOtherBots() : rules;
                case "--journal" -> journal = Path.of(value);
                default -> throw new IllegalArgumentException("unknown option " + argument.substring(0, equals)
                        + "; known: --host --hosts --port --threads --seed --latency-ms --limits --posts-of-other-bots --journal");
            }
        }
        return new TelegramSimulatorSettings(host, port, threads, seed, rules, door, journal);
    }
}
