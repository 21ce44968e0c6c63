package io.campaignlauncher.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What a process tells of itself every few seconds: its database connections, its memory, its followers. */
final class Gauges implements AutoCloseable {

    private static final Pattern POOL = Pattern.compile(
            "hikaricp_connections_(active|pending|max)\\{.*?pool=\"([^\"]+)\".*?} ([0-9.E]+)");
    private static final Pattern FOLLOWERS = Pattern.compile("launch_live_followers\\S* ([0-9.E]+)");
    private static final Pattern LIVE = Pattern.compile("jvm_gc_live_data_size_bytes\\S* ([0-9.E]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double MIB = 1 << 20;

    private final HttpRequest metrics;
    private final Path status;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Double> most = new TreeMap<>();
    private final List<Double> resident = new ArrayList<>();
    private final List<Double> live = new ArrayList<>();
    private int unheard;

    Gauges(URI address, long pid, Duration every) {
        this.metrics = HttpRequest.newBuilder(address.resolve("/actuator/prometheus")).timeout(PATIENCE).build();
        this.status = Path.of("/proc/" + pid + "/status");
        clock.scheduleWithFixedDelay(this::sample, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void sample() {
        try {
            var text = client.send(metrics, BodyHandlers.ofString()).body();
            POOL.matcher(text).results().forEach(found -> most("connections " + found.group(2) + ", " + found.group(1),
                    found.group(3)));
            FOLLOWERS.matcher(text).results().forEach(found -> most("followers", found.group(1)));
            LIVE.matcher(text).results().forEach(found -> live.add(Double.parseDouble(found.group(1)) / MIB));
            Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                    .forEach(line -> resident.add(Long.parseLong(line.replaceAll("\\D", "")) / 1024.0));
        } catch (IOException e) {
            unheard++;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void most(String name, String value) {
        most.merge(name, Double.parseDouble(value), Math::max);
    }

    synchronized void print() {
        most.forEach((name, value) -> System.out.printf(Locale.ROOT, "    most %-48s %8.0f%n", name, value));
        quarters("resident MiB", resident);
        quarters("live after a collection, MiB", live);
        System.out.printf("    %d of %d samples were not answered%n", unheard, unheard + resident.size());
    }

    /** The middle of each quarter of the time. */
    private static void quarters(String what, List<Double> all) {
        if (all.size() < 4) {
            return;
        }
        System.out.printf("    %-30s", what + ", by quarter");
        for (int i = 0; i < 4; i++) {
            var quarter = new Percentiles(new ArrayList<>(all.subList(i * all.size() / 4, (i + 1) * all.size() / 4)));
            System.out.printf(Locale.ROOT, " %8.0f", quarter.at(0.50));
        }
        System.out.println();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        client.close();
    }
}
