package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.EmbeddedKafkaBroker;
import io.campaignlauncher.embedded.ServiceLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The system is started before the servers that it was pointed at. */
@ExtendWith(OutputCaptureExtension.class)
class LateServersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** What the broker in this process says of itself, such as that it is short of time. */
    private static final Pattern A_SERVERS_OWN = Pattern
            .compile("^\\w+ (kafka|org\\.apache\\.kafka\\.(?!clients|common))\\.?");

    @TempDir
    private Path folder;

    @Test
    void says_in_a_line_what_it_waits_for_and_in_a_few_that_a_server_went_and_is_back_and_nothing_where_all_is_well(
            CapturedOutput output) throws Exception {
        var arguments = argumentsOfServersThatAreGone();
        var starting = CompletableFuture.supplyAsync(() -> Standalone.start(arguments),
                Thread.ofPlatform().name("late-servers")::start);
        EmbeddedDatabase database = null;
        EmbeddedKafkaBroker kafka = null;
        try {
            await().atMost(PATIENCE).until(() -> output.getOut().contains("waiting for the database jdbc:postgresql:"));
            database = EmbeddedDatabase.start(folder.resolve("postgresql"));
            await().atMost(PATIENCE).until(() -> output.getOut().contains("waiting for Kafka at 127.0.0.1:"));
            assertThat(starting).isNotDone();
            kafka = EmbeddedKafkaBroker.start(folder.resolve("kafka"));
            var system = starting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(system.launch(StandaloneSettings.of(arguments), new CountDownLatch(1), () -> "")).isZero();
            assertThat(output.getOut().lines().filter(line -> line.contains("waiting for the database")))
                    .hasSize(1).allSatisfy(line -> assertThat(line).contains("refused")
                            .doesNotContain("secret-of-the-database"));
            assertThat(output.getOut()).doesNotContain("\tat ");

            var written = new ListAppender<ILoggingEvent>();
            written.start();
            ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(written);
            try {
                kafka.close();
                await().atMost(PATIENCE).until(() -> count(written, "Kafka at 127.0.0.1:\\d+ does not answer: ") > 0);
                isReadWithoutKafka(system);
                kafka = EmbeddedKafkaBroker.start(folder.resolve("kafka"));
                await().atMost(PATIENCE).until(() -> count(written, "Kafka at .* that is over") > 0);
                database.close();
                await().atMost(PATIENCE).until(() -> count(written, "the database .* does not answer: ") > 0);
                database = EmbeddedDatabase.start(folder.resolve("postgresql"));
                await().atMost(PATIENCE).until(() -> count(written, "the database .* that is over") > 0);
                assertThat(system.launch(StandaloneSettings.of(arguments), new CountDownLatch(1), () -> "")).isZero();
            } finally {
                ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(written);
            }
            // Five services in this process, and a few parts of each that tell of their own work.
            assertThat(count(written, "")).as(written.list::toString).isLessThan(60);
            assertThat(written.list).noneMatch(line -> line.getLoggerName().startsWith("org.apache.kafka.clients")
                    || line.getLoggerName().startsWith("com.zaxxer.hikari")
                    || line.getLoggerName().startsWith("io.debezium"));
            system.close();
            saysNothingOfTroubleWhereThereIsNone(Stream.concat(Arrays.stream(arguments),
                    Stream.of("--launch.security.mode=tokens", "--launch.http.limits.credentials=2"))
                    .toArray(String[]::new));
        } finally {
            starting.thenAccept(Standalone::close);
            if (kafka != null) {
                kafka.close();
            }
            if (database != null) {
                database.close();
            }
        }
    }

    /** A balancer that asked for readiness would cut reads off as well. */
    private static void isReadWithoutKafka(Standalone system) {
        var http = new HttpApi(system.api());
        await().atMost(PATIENCE).until(() -> http.get("/actuator/health/readiness").status() == 503);
        assertThat(http.get("/actuator/health/serving").status()).isEqualTo(200);
        assertThat(http.get("/actuator/health/liveness").status()).isEqualTo(200);
        var jobs = http.get("/v1/jobs");
        assertThat(jobs.status()).isEqualTo(200);
        var one = jobs.body().path("jobs").path(0).path("jobId").asString();
        assertThat(http.get("/v1/jobs/" + one).status()).isEqualTo(200);
    }

    /** A start, a launch and an end in order. */
    private static void saysNothingOfTroubleWhereThereIsNone(String... arguments) throws Exception {
        try (var ear = new LogEar()) {
            try (var system = Standalone.start(arguments)) {
                assertThat(system.launch(StandaloneSettings.of(arguments), new CountDownLatch(1), () -> "")).isZero();
                asksEverybody(system);
            }
            assertThat(ear.lines()).isGreaterThan(100);
            assertThat(ear.troubles()).filteredOn(line -> !A_SERVERS_OWN.matcher(line).find())
                    // In a process in which others have had meters before.
                    .filteredOn(line -> !line.contains("MeterFilter is being configured after a Meter")
                            && !line.contains("CompositeMeterRegistry that already has registered Meters"))
                    // The library by which this test reads the description of the API.
                    .filteredOn(line -> !line.contains("com.networknt.schema"))
                    .as("but for a machine that is slow").allMatch(line -> line.contains("TimeoutException"));
        }
    }

    /** In mode tokens, with an admin whom an earlier start has made. */
    private static void asksEverybody(Standalone system) throws IOException {
        var http = new HttpApi(system.api());
        assertThat(http.get("/v1/jobs").status()).isEqualTo(401);
        var loggedIn = http.post("/api/auth/login", Map.of("username", "admin", "password",
                Files.readString(system.folder().resolve("admin.password")).strip()));
        assertThat(loggedIn.status()).isEqualTo(200);
        var admin = http.as(loggedIn.body().path("accessToken").asString());
        assertThat(admin.get("/v1/jobs").body().path("jobs").size()).isEqualTo(3);
        for (int status : List.of(204, 204, 429)) {
            var stored = admin.put("/v1/credentials/of-an-admin", Map.of("accessToken", "a-token"));
            assertThat(stored.status()).isEqualTo(status);
            assertThat(stored.headers().firstValue("RateLimit-Policy").orElse(""))
                    .isEqualTo(status == 429 ? "\"credentials\";q=2;w=60" : "");
        }
        assertThat(admin.get("/v1/jobs").status()).as("another limit").isEqualTo(200);
    }

    private static long count(ListAppender<ILoggingEvent> written, String what) {
        var pattern = Pattern.compile(what);
        return List.copyOf(written.list).stream()
                .filter(line -> pattern.matcher(line.getFormattedMessage()).find()).count();
    }

    private String[] argumentsOfServersThatAreGone() {
        try (var kafka = EmbeddedKafkaBroker.start(folder.resolve("kafka"));
                var database = EmbeddedDatabase.start(folder.resolve("postgresql"))) {
            return Stream.concat(
                    Stream.of("--server.port=0", "--standalone.data-dir=" + folder.resolve("services"),
                            "--spring.datasource.url=" + database.createDatabase("of_one_login")
                                    + "?sslpassword=secret-of-the-database",
                            "--spring.datasource.username=" + database.username(),
                            "--spring.datasource.password=" + database.password()),
                    kafka.settings(ServiceLogin.OPERATOR).entrySet().stream()
                            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue()))
                    .toArray(String[]::new);
        }
    }
}
