package io.campaignlauncher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The unit of systemd and its files: it ends in peace, is confined, sees one service's secrets, and is sized as elsewhere. */
class SystemdUnitsTest {

    private static final Path FOLDER = Path.of("systemd");
    private static final String UNIT = "launch@.service";
    private static final Path PAGE = Programs.HOUSE.resolve("docs/processes.md");
    private static final Pattern MEMORY = Pattern.compile("(?m)^\\| ([a-z-]+) \\| (\\d+[MG]) \\|");
    private static final List<String> SECRETS = List.of("password", "key", "jaas.config", "token", "secret");

    /** Analytics takes options, and has no settings. */
    static Stream<String> services() throws IOException {
        return Programs.services().stream().filter(service -> !service.equals("analytics"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void it_may_end_what_it_has_begun_and_ends_well(String service) {
        var told = unit(service);

        assertThat(Duration.ofSeconds(Long.parseLong(told.get("TimeoutStopSec"))))
                .isGreaterThan(Settings.toEnd(service));
        assertThat(told).containsEntry("SuccessExitStatus", "143").containsEntry("Restart", "on-failure")
                .containsEntry("Type", "exec").containsEntry("StartLimitIntervalSec", "0");
    }

    @ParameterizedTest
    @MethodSource("services")
    void it_may_do_nothing_that_it_need_not(String service) {
        assertThat(unit(service)).containsEntry("User", "launch").containsEntry("NoNewPrivileges", "true")
                .containsEntry("CapabilityBoundingSet", "").containsEntry("ProtectSystem", "strict")
                .containsEntry("ProtectHome", "true").containsEntry("PrivateTmp", "true")
                .containsEntry("UMask", "0077").containsEntry("RuntimeDirectoryMode", "0700")
                .containsEntry("LoadCredential", "secrets.properties:/etc/launch/secrets/%i.properties")
                .doesNotContainKey("MemoryDenyWriteExecute");
    }

    @ParameterizedTest
    @MethodSource("services")
    void it_has_the_memory_that_it_has_elsewhere_and_that_the_page_tells(String service) throws IOException {
        var elsewhere = Manifests.deployments().get(service).getSpec().getTemplate().getSpec().getContainers()
                .getFirst()
                .getResources().getLimits().get("memory").toString().replace("i", "");
        var told = MEMORY.matcher(Files.readString(PAGE)).results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(unit(service).get("MemoryMax")).isEqualTo(elsewhere).isEqualTo(told.get(service));
    }

    @ParameterizedTest
    @MethodSource("services")
    void its_file_is_there_has_settings_and_no_secret_and_the_port_of_the_page(String service) throws IOException {
        var settings = settings(service);
        var port = settings.getProperty(
                Programs.WITH_HTTP.contains(service) ? "server.port" : "management.server.port");

        assertThat(settings.stringPropertyNames()).allMatch(Settings::isSetting)
                .noneMatch(name -> SECRETS.stream().anyMatch(name::endsWith));
        assertThat(Files.readString(PAGE).lines().filter(line -> line.startsWith("| " + service + " | ")
                && line.endsWith("| " + port + " |"))).hasSize(1);
    }

    @Test
    void what_all_are_told_has_settings_and_no_secret() {
        assertThat(settings("launch").stringPropertyNames()).isNotEmpty().allMatch(Settings::isSetting)
                .noneMatch(name -> SECRETS.stream().anyMatch(name::endsWith));
    }

    @Test
    void nothing_is_there_for_a_service_that_is_not() throws IOException {
        var services = services().collect(Collectors.toSet());
        try (var files = Files.list(FOLDER); var settings = Files.list(FOLDER.resolve("settings"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("launch@")
                    && !name.equals(UNIT)).map(name -> name.substring("launch@".length()).replace(".service.d", "")))
                    .isSubsetOf(services);
            assertThat(settings.map(file -> file.getFileName().toString().replace(".properties", ""))
                    .filter(name -> !name.equals("launch"))).containsExactlyInAnyOrderElementsOf(services);
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void systemd_understands_every_line(String service, @TempDir Path folder) {
        var systemd = Tool.orSkip("systemd-analyze");
        copy(FOLDER, folder);
        var unit = folder.resolve(UNIT);
        write(unit, text(unit).replace("/opt/launch/java/bin/java",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));

        assertThat(Tool.run(folder, systemd, "verify", "--man=no",
                folder.resolve("launch@" + service + ".service").toString())).isBlank();
    }

    /** The last of each name counts, and a drop-in is read after the unit. */
    private static Map<String, String> unit(String service) {
        var lines = Stream.of(FOLDER.resolve(UNIT), FOLDER.resolve("launch@" + service + ".service.d/memory.conf"))
                .filter(Files::exists).flatMap(file -> text(file).lines())
                .filter(line -> !line.startsWith("#") && line.contains("="));
        return lines.collect(Collectors.toMap(line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1), (_, later) -> later));
    }

    private static Properties settings(String file) {
        try (var in = Files.newBufferedReader(FOLDER.resolve("settings").resolve(file + ".properties"))) {
            var settings = new Properties();
            settings.load(in);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
