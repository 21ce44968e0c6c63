package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Proc;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** CPU seconds by part of the system: this process by its threads' names, PostgreSQL by its processes. Linux only. */
final class Cpu {

    /** What no part of the system uses. */
    static final String BENCHMARK_CLIENT = "HTTP client of the benchmark";
    private static final double TICKS_PER_SECOND = 100;

    private final ProcessHandle postmaster;

    private Cpu(ProcessHandle postmaster) {
        this.postmaster = postmaster;
    }

    /** @param properties where the database is; it has to run on this machine */
    static Cpu withDatabase(Map<String, Object> properties) throws SQLException {
        try (var connection = SystemDatabase.connect(properties);
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
        double compiling = nativeThreads("C1 CompilerThre", "C2 CompilerThre");
        double collecting = nativeThreads("GC Thread", "VM Thread");
        parts.put("JIT compiler", compiling);
        parts.put("garbage collector", collecting);
        double all = ProcessHandle.current().info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(known);
        parts.put("other: ended threads", Math.max(0, all - known - compiling - collecting));
        parts.put("PostgreSQL", Proc.cpuSecondsOfAll(postmaster));
        return parts;
    }

    /** The JVM's own threads, which no bean tells of; by how the kernel knows them. */
    private static double nativeThreads(String... names) {
        try (var threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.map(Cpu::stat)
                    .flatMap(Optional::stream)
                    .filter(stat -> Stream.of(names).anyMatch(stat.name()::startsWith))
                    .mapToDouble(Stat::seconds)
                    .sum();
        } catch (IOException notLinux) {
            return 0;
        }
    }

    /** What was used between two readings. */
    static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
        var used = new TreeMap<String, Double>();
        after.forEach((part, seconds) -> used.put(part, Math.max(0, seconds - before.getOrDefault(part, 0.0))));
        return used;
    }

    private record Stat(String name, double seconds) {}

    /** @param directory of a thread; empty where it ended */
    private static Optional<Stat> stat(Path directory) {
        try {
            var line = Files.readString(directory.resolve("stat"));
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new Stat(line.substring(line.indexOf('(') + 1, line.lastIndexOf(')')),
                    (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND));
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
                || thread.startsWith("share-") || thread.startsWith("Group") || thread.startsWith("group-coordinator")
                || thread.contains("-event-handler")) {
            return "Kafka broker";
        }
        if (thread.contains("debezium") || thread.startsWith("change-feed") || thread.startsWith("pool-")) {
            return "change feed";
        }
        if (thread.startsWith("decision") || thread.startsWith("job-service")
                || thread.startsWith("reportListener") || thread.startsWith("requestListener")) {
            return "job-service decisions";
        }
        if (thread.startsWith("read-model") || thread.startsWith("readModel")) {
            return "read model";
        }
        if (thread.startsWith("kafka-producer") || thread.startsWith("consumer_background")) {
            return "Kafka clients";
        }
        if (thread.startsWith("webflux-http")) {
            return "HTTP server";
        }
        if (thread.startsWith("HttpClient")) {
            return BENCHMARK_CLIENT;
        }
        if (thread.startsWith("reactor-http") || thread.startsWith("graph")) {
            return "Graph clients";
        }
        if (thread.startsWith("boundedElastic")) {
            return "blocking calls";
        }
        if (thread.startsWith("parallel")
                || thread.startsWith("verifier-service") || thread.startsWith("rollback-service")
                || thread.startsWith("creation-commands")) {
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
