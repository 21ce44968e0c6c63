package io.campaignlauncher.simulation;

import io.campaignlauncher.simulation.engine.Figures;
import io.campaignlauncher.simulation.engine.Simulation;
import io.campaignlauncher.simulation.engine.Violation;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Runs seeds from a command line, see {@link Arguments#USAGE}, and prints what happened as a table. Ends with 1 where a promise
 * was broken.
 */
public final class SimulationMain {

    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(30);

    private final Arguments arguments;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final long begunNanos = System.nanoTime();
    private final AtomicLong toldNanos = new AtomicLong(begunNanos);

    private SimulationMain(Arguments arguments) {
        this.arguments = arguments;
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        try {
            System.exit(new SimulationMain(Arguments.of(arguments)).run() ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private boolean run() throws InterruptedException, ExecutionException {
        var all = arguments.simulation().get().figures();
        try (var threads = Executors.newFixedThreadPool(arguments.threads())) {
            var shares = IntStream.range(0, arguments.threads()).<Callable<Figures>>mapToObj(i -> () -> share(i))
                    .toList();
            for (var figures : threads.invokeAll(shares)) {
                all.add(figures.get());
            }
        }
        System.out.print(all.table((System.nanoTime() - begunNanos) / 1e9));
        return all.failures() == 0;
    }

    /** Every so-manieth seed, so that threads end at about the same time. */
    private Figures share(int first) {
        var simulation = arguments.simulation().get();
        long end = arguments.from() + arguments.seeds();
        for (long seed = arguments.from() + first; seed < end
                && failures.get() < arguments.failuresMax(); seed += arguments.threads()) {
            simulation.run(seed, arguments.trace() ? System.out::println : null).ifPresent(this::tell);
            done.incrementAndGet();
            tellProgress();
        }
        return simulation.figures();
    }

    private void tellProgress() {
        long now = System.nanoTime();
        long told = toldNanos.get();
        if (now - told > PROGRESS_EVERY.toNanos() && toldNanos.compareAndSet(told, now)) {
            System.out.printf("%,d seeds, %.0f a second, %d broken promises%n", done.get(),
                    done.get() * 1e9 / (now - begunNanos), failures.get());
        }
    }

    private synchronized void tell(Simulation.Failure failure) {
        failures.incrementAndGet();
        System.out.println("SEED " + failure.seed() + ": " + failure.cause());
        if (!(failure.cause() instanceof Violation)) {
            failure.cause().printStackTrace(System.out);
        }
        System.out.println("  again, with everything that happened: --seed " + failure.seed()
                + " --trace, and the other options as they were");
    }
}
