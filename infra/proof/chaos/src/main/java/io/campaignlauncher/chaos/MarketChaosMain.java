package io.campaignlauncher.chaos;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code --targets=40 --blows=6 --every-seconds=3 --seed=1 --folder=...}: a run of the marketplace as long as wanted. Ends with 1 if
 * anything was wrong.
 */
public final class MarketChaosMain {

    private MarketChaosMain() {}

    public static void main(String[] arguments) throws Exception {
        LoggingSystem.get(MarketChaosMain.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME,
                LogLevel.ERROR);
        var options = new Options(arguments);
        var bounded = MarketChaos.Settings.bounded(options.number("seed", System.nanoTime()));
        var settings = new MarketChaos.Settings((int) options.number("targets", bounded.targets()),
                (int) options.number("blows", bounded.blows()),
                options.seconds("every-seconds", bounded.every().toSeconds()), bounded.seed(), bounded.patience());
        System.out.println(settings);
        var verdict = new MarketChaos(settings, System.out).run(options.folder("market-chaos-"));
        verdict.problems().forEach(System.out::println);
        System.exit(verdict.problems().isEmpty() ? 0 : 1);
    }
}
