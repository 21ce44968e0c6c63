package io.campaignlauncher.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** CPU seconds by part of the system: this process by its threads' names, PostgreSQL by its processes. Linux only. */
final class Cpu {

    private static final double TICKS_PER_SECOND = 100;

    private final ProcessHandle postmaster;

    private Cpu(ProcessHandle postmaster) {
        this.postmaster = postmaster;
    }

    /** @param properties where the database is; it has to run on this machine */
    static Cpu withDatabase(Map<String, Object> properties) throws SQLException {
        try (var connection = DriverManager.getConnection(properties.get("spring.datasource.url").toString(),
                properties.get("spring.datasource.username").toString(),
                properties.get("spring.datasource.password").toString());
                var backend = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            backend.next();
            return new Cpu(ProcessHandle.of(backend.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow());
        }
    }

    private Stream<ProcessHandle> database() {
        return Stream.concat(Stream.of(postmaster), postmaster.descendants());
    }

    /** CPU seconds used so far, by part. */
    Map<String, Double> byPart() {
        var parts = new TreeMap<String, Double>();
        var threads = ManagementFactory.getThreadMXBean();
        double known = 0;
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null) {
                double seconds = Math.max(0, threads.getThreadCpuTime(info.getThreadId())) / 1e9;
                parts.merge(part(info.getThreadName()), seconds, Double::sum);
                known += seconds;
            }
        }
        double all = ProcessHandle.current().info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(known);
        parts.merge("JIT, GC and ended threads", Math.max(0, all - known), Double::sum);
        parts.put("PostgreSQL", database().mapToDouble(Cpu::seconds).sum());
        return parts;
    }

    /** What was used between two readings. */
    static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
        var used = new TreeMap<String, Double>();
        after.forEach((part, seconds) -> used.put(part, Math.max(0, seconds - before.getOrDefault(part, 0.0))));
        return used;
    }

    private static double seconds(ProcessHandle process) {
        return stat(process).map(fields -> (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND)
                .orElse(0.0);
    }

    private static Optional<String[]> stat(ProcessHandle process) {
        try {
            return Optional.of(Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                    .replaceAll("\\(.*\\)", "name").split(" "));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private static String part(String thread) {
        if (thread.startsWith("simulator")) {
            return "Graph simulator";
        }
        if (thread.startsWith("data-plane") || thread.startsWith("quorum") || thread.contains("raft")
                || thread.startsWith("broker-")
                || thread.startsWith("kafka-") && !thread.startsWith("kafka-producer")
                        && !thread.startsWith("kafka-coordinator")
                || thread.startsWith("share-") || thread.startsWith("Group") || thread.contains("-event-handler")) {
            return "Kafka broker";
        }
        if (thread.contains("debezium") || thread.startsWith("change-feed") || thread.startsWith("pool-")) {
            return "change feed";
        }
        if (thread.startsWith("decision") || thread.startsWith("job-service")) {
            return "job-service decisions";
        }
        if (thread.startsWith("read-model")) {
            return "read model";
        }
        if (thread.startsWith("kafka-producer")) {
            return "Kafka producers";
        }
        if (thread.startsWith("reactor-http") || thread.startsWith("graph")) {
            return "Graph clients";
        }
        if (thread.startsWith("parallel") || thread.startsWith("boundedElastic")) {
            return "workers";
        }
        return "other: " + thread.replaceAll("[0-9]+", "#");
    }

    /** Peak resident memory of this process and of PostgreSQL's now (shared pages counted once for each), MiB. */
    Map<String, Long> memoryMib() {
        var memory = new HashMap<String, Long>();
        memory.put("this process (peak)", status(ProcessHandle.current().pid(), "VmHWM:"));
        memory.put("PostgreSQL (proportional share)",
                database().mapToLong(process -> rollup(process.pid())).sum());
        return memory;
    }

    private static long status(long pid, String field) {
        return line(Path.of("/proc/" + pid + "/status"), field);
    }

    private static long rollup(long pid) {
        return line(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:");
    }

    private static long line(Path file, String field) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(field))
                    .findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .orElse(0L);
        } catch (IOException ended) {
            return 0;
        }
    }
}
