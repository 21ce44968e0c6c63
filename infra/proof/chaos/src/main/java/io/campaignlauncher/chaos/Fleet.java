package io.campaignlauncher.chaos;

import io.campaignlauncher.creation.CreatorService;
import io.campaignlauncher.embedded.PrivateFiles;
import io.campaignlauncher.embedded.ServerMain;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.job.JobService;
import io.campaignlauncher.rollback.RollbackService;
import io.campaignlauncher.verification.VerifierService;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The whole system as processes: Kafka, PostgreSQL, two job-services, two creators, a verifier, a rollback service. What it
 * started ends with it, and with this JVM where that ends in order.
 */
public final class Fleet implements AutoCloseable {

    public static final String KAFKA = "kafka";
    public static final String POSTGRESQL = "postgresql";
    public static final List<String> JOB_SERVICES = List.of("job-1", "job-2");
    public static final List<String> CREATORS = List.of("creator-1", "creator-2");
    public static final String VERIFIER = "verifier";
    public static final String ROLLBACK = "rollback";

    private static final String SETTINGS = "fleet.properties";
    private static final String KAFKA_SETTING = "kafka.properties.";
    private static final Duration START_PATIENCE = Duration.ofMinutes(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    private static final Map<String, String> QUIET = Map.of("logging.level.root", "WARN", "spring.main.banner-mode",
            "off", "spring.main.log-startup-info", "false", "logging.level.org.apache.kafka", "ERROR");

    private final Path folder;
    private final Map<String, Program> programs = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Thread atExit = new Thread(this::killAll, "fleet-at-exit");

    private Fleet(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts everything and returns when it works.
     *
     * @param folder   for data and output
     * @param settings Spring properties for every service
     */
    public static Fleet start(Path folder, URI graph, Map<String, String> settings) {
        var all = new HashMap<>(QUIET);
        all.putAll(settings);
        return startAsOperated(folder, graph, all);
    }

    /** The same, and services log as they do where nobody tells them otherwise. */
    static Fleet startAsOperated(Path folder, URI graph, Map<String, String> settings) {
        var fleet = new Fleet(folder);
        Runtime.getRuntime().addShutdownHook(fleet.atExit);
        try {
            fleet.startServers();
            fleet.startServices(graph, settings);
            return fleet;
        } catch (RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private void startServers() {
        for (var server : List.of(KAFKA, POSTGRESQL)) {
            add(server, "-Xmx400m", ServerMain.class, server, folder.resolve(server).toString());
            program(server).start();
        }
        for (var server : List.of(KAFKA, POSTGRESQL)) {
            awaitServer(server);
        }
    }

    private void startServices(URI graph, Map<String, String> settings) {
        var all = new Properties();
        all.putAll(settings);
        all.put("graph.base-url", graph.toString());
        all.put("launch.credentials.key", key());
        var file = folder.resolve(SETTINGS);
        try {
            var text = new StringWriter();
            all.store(text, null);
            PrivateFiles.write(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JOB_SERVICES.forEach(name -> add(name, "-Xmx256m", JobService.class, settingsOf(ServiceLogin.JOB_SERVICE),
                page("server.port", name)));
        CREATORS.forEach(name -> add(name, "-Xmx256m", CreatorService.class, settingsOf(ServiceLogin.CREATOR_SERVICE),
                page("management.server.port", name)));
        add(VERIFIER, "-Xmx192m", VerifierService.class, settingsOf(ServiceLogin.VERIFIER_SERVICE),
                page("management.server.port", VERIFIER));
        add(ROLLBACK, "-Xmx192m", RollbackService.class, settingsOf(ServiceLogin.ROLLBACK_SERVICE),
                page("management.server.port", ROLLBACK));
        services().forEach(name -> program(name).start());
        JOB_SERVICES.forEach(name -> await(name + " is ready", () -> isReady(name)));
    }

    private String page(String setting, String name) {
        ports.put(name, freePort());
        return "--" + setting + "=" + ports.get(name);
    }

    /** Those of all services, and where and how this one logs in. */
    private String settingsOf(ServiceLogin who) {
        return Stream.of(folder.resolve(SETTINGS), ServerMain.settings(folder.resolve(KAFKA), who),
                ServerMain.settings(folder.resolve(POSTGRESQL), who)).map(file -> "file:" + file)
                .collect(Collectors.joining(",", "--spring.config.additional-location=", ""));
    }

    private void add(String name, String memory, Class<?> main, String... arguments) {
        var jvm = new ArrayList<>(JVM);
        jvm.add(memory);
        programs.put(name, new Program(name, jvm, main.getName(), List.of(arguments), folder));
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

    /** As the job-service sees it. */
    public DataSource database() {
        var database = settings(POSTGRESQL, ServiceLogin.JOB_SERVICE);
        return new DriverManagerDataSource(database.getProperty("spring.datasource.url"),
                database.getProperty("spring.datasource.username"), database.getProperty("spring.datasource.password"));
    }

    /** Stores the token that launches name. */
    public void storeToken(String credentialId, String accessToken) {
        var name = JOB_SERVICES.getFirst();
        var request = HttpRequest.newBuilder(api(name).resolve("/v1/credentials/" + credentialId))
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"accessToken\":\"" + accessToken + "\"}"))
                .build();
        await("the token is stored", () -> status(request) == 204);
    }

    /** Where the HTTP API is, one address for each instance. */
    List<URI> apis() {
        return JOB_SERVICES.stream().map(this::api).toList();
    }

    private URI api(String service) {
        return URI.create("http://127.0.0.1:" + ports.get(service));
    }

    private boolean isReady(String jobService) {
        return status(HttpRequest.newBuilder(readiness(jobService)).build()) == 200;
    }

    /** Where a service says whether it is ready. */
    URI readiness(String service) {
        return api(service).resolve("/actuator/health/readiness");
    }

    private static int status(HttpRequest request) {
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

    private Properties settings(String server, ServiceLogin who) {
        try (var in = Files.newBufferedReader(ServerMain.settings(folder.resolve(server), who))) {
            var settings = new Properties();
            settings.load(in);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(String what, BooleanSupplier condition) {
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

    private static String key() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killAll() {
        programs.values().forEach(Program::close);
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
