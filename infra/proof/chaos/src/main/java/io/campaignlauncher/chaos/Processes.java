package io.campaignlauncher.chaos;

import io.campaignlauncher.embedded.EmbeddedStandby;
import io.campaignlauncher.embedded.PrivateFiles;
import io.campaignlauncher.embedded.ServerMain;
import io.campaignlauncher.embedded.ServiceLogin;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Kafka, PostgreSQL and services, each a process of its own. What it started ends with it, and with this JVM where that ends in
 * order.
 */
abstract class Processes implements AutoCloseable {

    public static final String KAFKA = "kafka";
    public static final String POSTGRESQL = "postgresql";

    private static final String SETTINGS = "fleet.properties";
    private static final String CREDENTIALS_KEY = "launch.credentials.key";
    private static final String URL = "spring.datasource.url";
    private static final String KAFKA_SETTING = "kafka.properties.";
    private static final String READINESS = "/actuator/health/readiness";
    private static final Duration START_PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    private static final Map<String, String> QUIET = Map.of("logging.level.root", "WARN", "spring.main.banner-mode",
            "off", "spring.main.log-startup-info", "false", "logging.level.org.apache.kafka", "ERROR");

    private final Path folder;
    private final Map<String, Program> programs = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    /** Settings of every service. */
    private final Properties everybody = new Properties();
    private @Nullable EmbeddedStandby standby;
    private @Nullable String databaseUrl;
    private boolean primaryLost;
    private final Thread atExit = new Thread(this::killAll, "fleet-at-exit");

    /** @param folder for data and output */
    Processes(Path folder) {
        this.folder = folder;
    }

    /** Starts what there is to start; where that fails, nothing is left. */
    static <F extends Processes> F started(F fleet, Consumer<F> start) {
        Runtime.getRuntime().addShutdownHook(((Processes) fleet).atExit);
        try {
            start.accept(fleet);
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** Settings by which services say little. */
    static Map<String, String> quiet(Map<String, String> settings) {
        var all = new HashMap<>(QUIET);
        all.putAll(settings);
        return all;
    }

    /** @param settings Spring properties for every service */
    void startServers(Map<String, String> settings) {
        for (var server : List.of(KAFKA, POSTGRESQL)) {
            add(server, "-Xmx400m", ServerMain.class, server, folder.resolve(server).toString());
            program(server).start();
        }
        for (var server : List.of(KAFKA, POSTGRESQL)) {
            awaitServer(server);
        }
        everybody.putAll(settings);
        credentialsKey(newKey());
    }

    /** What encrypts and decrypts for every service from its next start on. @param keys the first one encrypts */
    void credentialsKey(String... keys) {
        everybody.put(CREDENTIALS_KEY, String.join(",", keys));
        try {
            var text = new StringWriter();
            everybody.store(text, null);
            PrivateFiles.write(folder.resolve(SETTINGS), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String credentialsKey() {
        return everybody.getProperty(CREDENTIALS_KEY);
    }

    /** A standby of PostgreSQL; services that are added from now on know both. */
    EmbeddedStandby startStandby() {
        var started = EmbeddedStandby.of(folder.resolve(POSTGRESQL), folder.resolve(EmbeddedStandby.NAME));
        standby = started;
        databaseUrl = settings(POSTGRESQL, ServiceLogin.JOB_SERVICE).getProperty(URL)
                .replaceFirst("(//[^/]+)/", "$1,127.0.0.1:" + started.port() + "/") + "?targetServerType=primary";
        return started;
    }

    /** {@code kill -9} of PostgreSQL and of all of its processes. */
    void losePrimary() {
        Objects.requireNonNull(standby).killPrimary();
        program(POSTGRESQL).kill();
        primaryLost = true;
    }

    /** PostgreSQL answers nobody any more, and no connection ends. */
    void silencePrimary() {
        Objects.requireNonNull(standby).silencePrimary();
        primaryLost = true;
    }

    /**
     * A service that is not started yet.
     *
     * @param port    the setting for where it is asked whether it is ready
     * @param further arguments
     */
    void addService(String name, String memory, Class<?> main, ServiceLogin who, String port, String... further) {
        ports.put(name, freePort());
        add(name, memory, main, Stream.of(Stream.of(settingsOf(who), "--" + port + "=" + ports.get(name)),
                Stream.ofNullable(databaseUrl).map(url -> "--" + URL + "=" + url), Stream.of(further))
                .flatMap(arguments -> arguments).toArray(String[]::new));
    }

    /**
     * A service that is told everything by its environment.
     *
     * @param jvm  options beside those of every process here
     * @param port where it is asked whether it is ready
     */
    void addService(String name, List<String> jvm, Class<?> main, Map<String, String> environment, int port) {
        ports.put(name, port);
        add(name, jvm, main, List.of(), environment);
    }

    void startServices(Collection<String> awaited) {
        services().forEach(name -> program(name).start());
        awaited.forEach(this::awaitReady);
    }

    /** Those of all services, and where and how this one logs in. */
    private String settingsOf(ServiceLogin who) {
        return Stream.of(folder.resolve(SETTINGS), ServerMain.settings(folder.resolve(KAFKA), who),
                ServerMain.settings(folder.resolve(POSTGRESQL), who)).map(file -> "file:" + file)
                .collect(Collectors.joining(",", "--spring.config.additional-location=", ""));
    }

    private void add(String name, String memory, Class<?> main, String... arguments) {
        add(name, List.of(memory), main, List.of(arguments), Map.of());
    }

    private void add(String name, List<String> jvm, Class<?> main, List<String> arguments,
            Map<String, String> environment) {
        var options = new ArrayList<>(JVM);
        options.addAll(jvm);
        programs.put(name, new Program(name, options, main.getName(), arguments, environment, folder));
    }

    /** The names of what may be struck at any time. */
    public List<String> services() {
        return programs.keySet().stream().filter(name -> !name.equals(KAFKA) && !name.equals(POSTGRESQL)).toList();
    }

    /** Where data and output are. */
    Path folder() {
        return folder;
    }

    Program program(String name) {
        var program = programs.get(name);
        if (program == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return program;
    }

    /** {@code kill -9}. */
    public void kill(String name) {
        program(name).kill();
    }

    public void startAgain(String name) {
        program(name).start();
    }

    /** {@code kill -9} of Kafka or PostgreSQL, and a new one on the same data and the same port. */
    public void restartServer(String name) {
        program(name).kill();
        giveBack(name);
    }

    /** Starts Kafka or PostgreSQL again after a {@link #kill}, on the same data and the same port. */
    void giveBack(String name) {
        try {
            Files.deleteIfExists(ServerMain.ready(folder.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        program(name).start();
        awaitServer(name);
    }

    /** What a client of Kafka is made with that may do everything; the caller may add to it. */
    public Map<String, Object> kafka() {
        var settings = settings(KAFKA, ServiceLogin.OPERATOR);
        var client = new HashMap<String, Object>(
                Map.of("bootstrap.servers", settings.getProperty("kafka.bootstrap-servers")));
        settings.stringPropertyNames().stream().filter(name -> name.startsWith(KAFKA_SETTING)).forEach(
                name -> client.put(name.substring(KAFKA_SETTING.length()), settings.getProperty(name)));
        return client;
    }

    /** As this service sees it, and without looking for the primary, which is known here. */
    public DataSource database(ServiceLogin who) {
        var database = settings(POSTGRESQL, who);
        var url = database.getProperty(URL);
        return new DriverManagerDataSource(
                primaryLost
                        ? url.replaceFirst("//[^/]+/", "//127.0.0.1:" + Objects.requireNonNull(standby).port() + "/")
                        : url,
                database.getProperty("spring.datasource.username"), database.getProperty("spring.datasource.password"));
    }

    /** Where a service is asked, a worker for its management page. */
    URI api(String service) {
        return URI.create("http://127.0.0.1:" + ports.get(service));
    }

    boolean isReady(String service) {
        return status(HttpRequest.newBuilder(readiness(service)).build()) == 200;
    }

    /** Where a service says whether it is ready. */
    URI readiness(String service) {
        return api(service).resolve(READINESS);
    }

    /** Returns once the service says that it works. */
    public void awaitReady(String service) {
        await(service + " is ready", () -> isReady(service));
    }

    /** CPU seconds so far, by process; PostgreSQL's with all of its own. */
    public Map<String, Double> cpuSeconds() {
        var used = new TreeMap<String, Double>();
        programs.forEach((name, program) -> used.put(name, Proc.cpuSeconds(program.pid())));
        used.merge(POSTGRESQL, Proc.cpuSecondsOfAll(postmaster()), Double::sum);
        return used;
    }

    private ProcessHandle postmaster() {
        try (var connection = database(ServiceLogin.JOB_SERVICE).getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1)).flatMap(ProcessHandle::parent).orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static int status(HttpRequest request) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notThereYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    private void awaitServer(String name) {
        await(name + " runs", () -> Files.exists(ServerMain.ready(folder.resolve(name))));
    }

    /** The Spring settings of a service for a server. */
    Properties settings(String server, ServiceLogin who) {
        try (var in = Files.newBufferedReader(ServerMain.settings(folder.resolve(server), who))) {
            var settings = new Properties();
            settings.load(in);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void await(String what, BooleanSupplier condition) {
        var until = System.nanoTime() + START_PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("not within " + START_PATIENCE + ": " + what + "; see " + folder);
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped", e);
            }
        }
    }

    static String newKey() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killAll() {
        programs.values().forEach(Program::close);
        if (standby != null) {
            standby.close();
        }
    }

    @Override
    public void close() {
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ending) {
            // The hook runs, or has run.
        }
    }
}
