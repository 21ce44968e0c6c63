package io.campaignlauncher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** infra/ops/compose: valid, confined, and everything that it names is there. */
class ComposeTest {

    private static final Path FOLDER = Path.of("compose");
    private static final JsonMapper JSON = JsonMapper.shared();
    /** Not ours, with settings of their own. */
    private static final Set<String> SERVERS = Set.of("kafka", "postgresql", "prometheus", "grafana");

    private static JsonNode compose;

    @BeforeAll
    static void read() throws IOException {
        compose = yaml(FOLDER.resolve("compose.yaml"));
    }

    static Stream<String> services() throws IOException {
        read();
        return StreamSupport.stream(compose.path("services").propertyNames().spliterator(), false);
    }

    static Stream<String> programs() throws IOException {
        return services().filter(name -> !SERVERS.contains(name));
    }

    @Test
    void it_is_what_the_compose_specification_allows() throws IOException {
        var specification = JSON.readTree(Files.readString(Path.of("src/test/resources/compose-spec.json")));
        // Its ids are those of an older draft than it names; nothing refers to them.
        specification.findParents("id").stream().filter(one -> one.path("id").isString())
                .forEach(one -> ((ObjectNode) one).remove("id"));
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09).getSchema(specification);

        assertThat(schema.validate(compose)).isEmpty();
        var wrong = JSON.readTree(compose.toString().replace("stop_grace_period", "stop_grace"));
        assertThat(schema.validate(wrong)).isNotEmpty();
    }

    @Test
    void every_program_but_the_one_of_all_of_them_is_run() throws IOException {
        var images = Programs.images();
        images.remove("standalone");

        assertThat(programs().collect(Collectors.toSet())).isEqualTo(images);
        assertThat(programs()).allMatch(name -> service(name).path("image").asString()
                .equals("${LAUNCH_IMAGES:-campaign-launcher}/" + name + ":${LAUNCH_VERSION:-0.1.0-SNAPSHOT}"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void each_is_confined(String name) {
        var service = service(name);

        assertThat(service.path("read_only").asBoolean()).isTrue();
        assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
        assertThat(texts(service.path("security_opt"))).containsExactly("no-new-privileges:true");
        assertThat(service.path("user").asString()).matches("[1-9][0-9]*:[0-9]+");
        assertThat(service.has("privileged")).isFalse();
        assertThat(texts(service.path("ports"))).allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void what_it_mounts_is_there_or_made_and_what_it_knows_of_secrets_is_declared(String name) {
        var service = service(name);

        assertThat(texts(service.path("volumes")).map(volume -> volume.split(":")[0])).allMatch(
                source -> source.startsWith(".")
                        ? Files.exists(FOLDER.resolve(source))
                        : compose.path("volumes").has(source));
        assertThat(secrets(service)).allMatch(compose.path("secrets")::has);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void what_is_set_of_a_program_is_a_setting_and_no_secret(String name) {
        if (name.equals("tools")) {
            assertThat(service(name).path("environment").propertyNames())
                    .containsExactlyInAnyOrder("KAFKA_BOOTSTRAP_SERVERS", "KAFKA_COMMAND_CONFIG");
            return;
        }
        assertThat(service(name).path("environment").propertyNames()).allMatch(Settings::isVariable)
                .noneMatch(variable -> variable.contains("PASSWORD") || variable.contains("JAAS")
                        || variable.endsWith("_KEY"));
        assertThat(service(name).path("secrets").valueStream().map(one -> one.path("target").asString())
                .filter(target -> !target.startsWith("kafka-"))).allMatch(Settings::isSetting);
    }

    @ParameterizedTest
    @MethodSource("services")
    void it_says_whether_it_is_well_and_waits_for_what_it_needs(String name) {
        var service = service(name);
        if (name.equals("tools") || name.equals("analytics")) {
            return;
        }
        assertThat(service.path("healthcheck").path("test").isArray()).isTrue();
        if (Programs.WITH_HTTP.contains(name)) {
            assertThat(service.path("healthcheck").path("test").toString()).contains("/actuator/health/serving ");
        } else if (!SERVERS.contains(name)) {
            assertThat(service.path("healthcheck").path("test").toString()).contains("/actuator/health/readiness ");
        }
        assertThat(service.path("depends_on").values()).allMatch(one -> one.has("condition"));
        if (!SERVERS.contains(name) && !name.equals("console")) {
            assertThat(service.path("depends_on").propertyNames()).contains("kafka", "postgresql");
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void it_may_end_what_it_has_begun(String name) {
        if (name.equals("tools") || name.equals("analytics")) {
            return;
        }
        assertThat(DurationStyle.detectAndParse(service(name).path("stop_grace_period").asString()))
                .isGreaterThan(Settings.toEnd(name));
    }

    @Test
    void the_secrets_that_are_declared_are_made_once_for_their_owner_alone(@TempDir Path copy) throws IOException {
        Files.copy(FOLDER.resolve("secrets.sh"), copy.resolve("secrets.sh"));
        Tool.run(copy, "sh", "secrets.sh");
        var made = contents(copy.resolve("secrets"));

        assertThat(made.keySet()).isEqualTo(new TreeSet<>(compose.path("secrets").propertyNames()));
        compose.path("secrets").properties().forEach(one -> assertThat(one.getValue().path("file").asString())
                .isEqualTo("./secrets/" + one.getKey()));
        assertThat(made).allSatisfy((name, content) -> assertThat(content.isEmpty())
                .isEqualTo(name.equals("metrics.key")));
        assertThat(made.values()).doesNotHaveDuplicates();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("secrets"))))
                .isEqualTo("rwx------");
        Tool.run(copy, "sh", "secrets.sh");
        assertThat(contents(copy.resolve("secrets"))).isEqualTo(made);
    }

    @Test
    void kafka_understands_its_settings_and_has_the_version_that_is_tested() throws IOException {
        var settings = new HashMap<String, String>();
        service("kafka").path("environment").properties().stream()
                .filter(one -> !one.getKey().equals("KAFKA_OPTS"))
                .forEach(one -> settings.put(one.getKey().substring("KAFKA_".length()).toLowerCase(Locale.ROOT)
                        .replace('_', '.'), one.getValue().asString()));

        assertThat(settings.keySet()).allMatch(name -> KafkaConfig.configNames().contains(name));
        assertThat(KafkaConfig.fromProps(properties(settings)).processRoles().size()).isEqualTo(2);
        assertThat(service("kafka").path("image").asString()).isEqualTo("apache/kafka:"
                + Files.readString(Path.of("../../pom.xml")).split("<kafka.version>")[1].split("<")[0]);
    }

    @Test
    void prometheus_asks_every_program_where_it_serves_its_metrics() throws IOException {
        var config = yaml(FOLDER.resolve("prometheus/prometheus.yaml"));
        var expected = new TreeSet<String>();
        programs().filter(name -> !name.equals("tools") && !name.equals("analytics")).forEach(name -> {
            var set = service(name).path("environment");
            var port = set.path(Programs.WITH_HTTP.contains(name) ? "SERVER_PORT" : "MANAGEMENT_SERVER_PORT");
            assertThat(set.path("LAUNCH_HTTP_HOSTS").asString()).isEqualTo(name);
            expected.add(name + ":" + port.asString());
        });
        expected.add("localhost:9105");

        assertThat(config.path("scrape_configs").valueStream()
                .flatMap(job -> texts(job.path("static_configs").path(0).path("targets")))
                .collect(Collectors.toSet())).isEqualTo(expected);
        assertThat(service("analytics").path("network_mode").asString()).isEqualTo("service:prometheus");
        assertThat(texts(service("analytics").path("command"))).contains("--metrics-port=9105");
        assertThat(config.path("scrape_configs").path(0).path("authorization").path("credentials_file").asString())
                .isEqualTo("/run/secrets/" + texts(service("prometheus").path("secrets")).toList().getFirst());
    }

    @Test
    void prometheus_understands_its_configuration(@TempDir Path folder) throws IOException {
        var promtool = Tool.orSkip("promtool");
        var text = Files.readString(FOLDER.resolve("prometheus/prometheus.yaml"));
        Files.writeString(folder.resolve("prometheus.yaml"), text.replace("/etc/prometheus/", "").replace(
                "/run/secrets/", ""));
        Files.copy(Path.of("observability/alerts.yaml"), folder.resolve("alerts.yaml"));
        Files.writeString(folder.resolve("metrics.key"), "");

        assertThat(Tool.run(folder, promtool, "check", "config", "prometheus.yaml")).contains("SUCCESS");
    }

    @Test
    void grafana_finds_its_prometheus_and_every_dashboard() throws IOException {
        var sources = yaml(FOLDER.resolve("grafana/datasources/prometheus.yaml")).path("datasources");
        var provider = yaml(FOLDER.resolve("grafana/dashboards/launch.yaml")).path("providers").path(0);
        var mounted = texts(service("grafana").path("volumes")).map(volume -> volume.split(":"))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0]));

        assertThat(sources).singleElement().satisfies(source -> {
            assertThat(source.path("type").asString()).isEqualTo("prometheus");
            assertThat(source.path("url").asString()).isEqualTo("http://prometheus:9090");
            assertThat(source.path("isDefault").asBoolean()).isTrue();
        });
        assertThat(mounted).containsEntry("/etc/grafana/provisioning/datasources", "./grafana/datasources")
                .containsEntry("/etc/grafana/provisioning/dashboards", "./grafana/dashboards");
        try (var files = Files.list(Path.of("observability"))) {
            var dashboards = files.filter(file -> file.toString().endsWith(".json")).toList();
            assertThat(dashboards).isNotEmpty().allSatisfy(file -> assertThat(mounted).containsEntry(
                    provider.path("options").path("path").asString() + "/" + file.getFileName(),
                    "../observability/" + file.getFileName()));
        }
    }

    private static JsonNode service(String name) {
        return compose.path("services").path(name);
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString);
    }

    private static List<String> secrets(JsonNode service) {
        return service.path("secrets").valueStream()
                .map(one -> one.isObject() ? one.path("source").asString() : one.asString()).toList();
    }

    /** With what is merged into it. */
    private static JsonNode yaml(Path file) throws IOException {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return JSON.valueToTree(new Yaml(options).<Map<String, Object>>load(Files.readString(file)));
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        var found = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return found;
    }

    private static Properties properties(Map<String, String> settings) {
        var properties = new Properties();
        properties.putAll(settings);
        return properties;
    }
}
