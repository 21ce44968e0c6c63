package io.campaignlauncher.job.http;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.campaignlauncher.schemas.ReleasedSchema;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** {@code infra/ops/schemas/register.sh} as a process, between the routes and a registry. */
class RegisterSchemasIT {

    private static final Path SCRIPT = Path.of("../infra/ops/schemas/register.sh");
    private static final String RELEASED = Path.of("../schemas/src/main/resources/released").toAbsolutePath()
            .toString();
    private static final String PASSWORD = "a \"quoted\" \\ word";

    private static DisposableServer routes;

    private record Said(int code, String out, String err) {}

    @BeforeAll
    static void start() {
        var curl = Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, "curl"))
                .anyMatch(Files::isExecutable);
        assumeTrue(curl, "curl is not on the PATH, so schemas were not registered");
        routes = HttpServer.create().host("127.0.0.1").port(0).handle(new ReactorHttpHandlerAdapter(
                RouterFunctions.toHttpHandler(new HttpConfiguration().schemaRoutes()))).bindNow();
    }

    @AfterAll
    static void stop() {
        if (routes != null) {
            routes.disposeNow();
        }
    }

    @Test
    void every_version_of_every_message_is_registered_in_order_and_the_next_time_nothing_is() throws Exception {
        try (var registry = FakeRegistry.start("ann:" + PASSWORD)) {
            var first = run(registry.address(), served(), login());
            assertThat(first.code()).as(first.err()).isZero();
            assertThat(registry.subjects).isEqualTo(released());
            assertThat(first.out().lines()).hasSameSizeAs(ReleasedSchema.all());
            assertThat(first.out() + first.err()).doesNotContain(PASSWORD);

            var again = run(registry.address(), served(), login());
            assertThat(again).isEqualTo(first);
            assertThat(registry.subjects).isEqualTo(released());
        }
    }

    @Test
    void the_folder_of_released_schemas_gives_the_same() throws Exception {
        try (var registry = FakeRegistry.start("")) {
            assertThat(run(registry.address() + "/", RELEASED, Map.of()).code()).isZero();
            assertThat(registry.subjects).isEqualTo(released());
        }
    }

    @Test
    void what_the_registry_refuses_is_named_with_its_answer() throws Exception {
        try (var registry = FakeRegistry.start("ann:another")) {
            var refused = run(registry.address(), RELEASED, login());
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("io.campaignlauncher.schemas.ApiKeyStored version 1", "401", "Unauthorized")
                    .doesNotContain(PASSWORD);
        }
        try (var registry = FakeRegistry.start("")) {
            var subject = "io.campaignlauncher.schemas.CampaignActivated";
            registry.subjects.put(subject, new ArrayList<>(List.of(SchemaBuilder.record("CampaignActivated")
                    .namespace("io.campaignlauncher.schemas").fields().requiredLong("campaignId").endRecord())));
            var refused = run(registry.address(), served(), Map.of());
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains(subject + " version 1", "409", "incompatible");
        }
    }

    @Test
    void what_cannot_be_reached_is_named() throws Exception {
        String gone;
        try (var registry = FakeRegistry.start("")) {
            gone = registry.address();
        }
        var away = run(gone, RELEASED, Map.of());
        assertThat(away.code()).isEqualTo(1);
        assertThat(away.err()).contains(gone + " cannot be reached");

        var nothing = run(gone, gone, Map.of());
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("no schemas at " + gone);
    }

    @Test
    void who_does_not_say_where_the_registry_is_is_told_how() throws Exception {
        var said = run(List.of(), Map.of());
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("register.sh REGISTRY [SCHEMAS]", "REGISTRY_PASSWORD");
    }

    private static String served() {
        return "http://127.0.0.1:" + routes.port();
    }

    private static Map<String, String> login() {
        return Map.of("REGISTRY_USER", "ann", "REGISTRY_PASSWORD", PASSWORD);
    }

    private static Map<String, List<Schema>> released() {
        return ReleasedSchema.all().stream().map(one -> new SchemaParser().parse(one.text()).mainSchema())
                .collect(groupingBy(Schema::getFullName, TreeMap::new, mapping(schema -> schema, toList())));
    }

    private static Said run(String registry, String schemas, Map<String, String> environment) throws Exception {
        return run(List.of(registry, schemas), environment);
    }

    private static Said run(List<String> arguments, Map<String, String> environment) throws Exception {
        var command = Stream.concat(Stream.of("sh", SCRIPT.toString()), arguments.stream()).toList();
        var err = Files.createTempFile("register", ".err");
        var builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
            return new Said(process.exitValue(), out, Files.readString(err));
        } finally {
            process.destroyForcibly();
            Files.delete(err);
        }
    }
}
