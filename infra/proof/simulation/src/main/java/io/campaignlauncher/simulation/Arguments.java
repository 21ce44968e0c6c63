package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.simulation.engine.Simulation;
import io.campaignlauncher.simulation.market.MarketSettings;
import io.campaignlauncher.simulation.market.MarketSimulation;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What a command line asks for.
 *
 * @param from        the first seed
 * @param failuresMax after so many no further seed is begun
 * @param trace       print everything that happens
 * @param simulation  makes one for each thread
 */
record Arguments(long from, long seeds, int threads, long failuresMax, boolean trace,
        Supplier<Simulation> simulation) {

    static final String USAGE = """
            --seeds N        so many runs (2000)
            --from S         from this seed on (1)
            --seed S         only this one
            --trace          everything that happens in it
            --threads N      so many at once (1); each run stays in one thread
            --failures N     stop after so many (10)
            --market         the marketplace and its posts, in place of launches
            Harsher than the system is built for, to see what happens then; times as in 800ms, 20s, 1m:
            --late T         a request takes effect up to so long after the client gave it up
            --lag T          reads miss what was created for up to so long (launches)
            --skew T         clocks are up to so much ahead or behind
            --no-settling    jobs do not wait until requests have settled (launches)
            --roughness X    faults are so many times as likely
            --only A,B       these faults in every run and no others, as the table of a run calls them (launches)
            """;

    static Arguments of(String... arguments) {
        long from = 1;
        long seeds = 2_000;
        int threads = 1;
        long failuresMax = 10;
        boolean trace = false;
        var settings = Settings.defaults();
        var market = MarketSettings.defaults();
        boolean isMarket = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seeds" -> seeds = Long.parseLong(arguments[++i]);
                case "--from" -> from = Long.parseLong(arguments[++i]);
                case "--threads" -> threads = Integer.parseInt(arguments[++i]);
                case "--failures" -> failuresMax = Long.parseLong(arguments[++i]);
                case "--seed" -> {
                    from = Long.parseLong(arguments[++i]);
                    seeds = 1;
                }
                case "--trace" -> trace = true;
                case "--market" -> isMarket = true;
                case "--late" -> {
                    var late = duration(arguments[++i]);
                    settings = settings.withLateMost(late);
                    market = market.withLateMost(late);
                }
                case "--lag" -> settings = settings.withLagMost(duration(arguments[++i]));
                case "--skew" -> {
                    var skew = duration(arguments[++i]);
                    settings = settings.withSkewMost(skew);
                    market = market.withSkewMost(skew);
                }
                case "--no-settling" -> settings = settings.withPolicy(withoutSettling(settings.policy()));
                case "--roughness" -> {
                    var roughness = Double.parseDouble(arguments[++i]);
                    settings = settings.withRoughness(roughness);
                    market = market.withRoughness(roughness);
                }
                case "--only" -> settings = settings.withOnly(kinds(arguments[++i]));
                default -> throw new IllegalArgumentException("not known: " + arguments[i] + "\n" + USAGE);
            }
        }
        return new Arguments(from, seeds, Math.max(1, threads), failuresMax, trace,
                isMarket ? of(market) : of(settings));
    }

    private static Supplier<Simulation> of(MarketSettings settings) {
        return () -> new MarketSimulation(settings);
    }

    private static Supplier<Simulation> of(Settings settings) {
        return () -> new LaunchSimulation(settings);
    }

    private static FaultKind[] kinds(String names) {
        return Arrays.stream(names.split(","))
                .map(name -> FaultKind.valueOf(name.strip().replace(' ', '_').toUpperCase(Locale.ROOT)))
                .toArray(FaultKind[]::new);
    }

    static JobPolicy withoutSettling(JobPolicy policy) {
        return new JobPolicy(policy.retryBudget(), policy.initialDelay(), policy.maxDelay(), Duration.ZERO,
                Duration.ZERO, policy.rateLimitDelay(), policy.commandValidity(), policy.lease(),
                policy.requestTimeout(),
                policy.interruptionsMax(), policy.unreadVerificationsMax(), policy.deletionRetriesMax(),
                policy.duplicateName()).withNamedMax(policy.namedMax());
    }

    private static Duration duration(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.parse("PT" + text);
    }
}
