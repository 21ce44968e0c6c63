package io.campaignlauncher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.architecture.SettingsRecords.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps docs/settings.md true, and what other pages say of settings. {@code -Dsettings.page=write} writes the page. */
class SettingsPageTest {

    private static final String COMMAND = "mvn -pl infra/proof/architecture -am -Dtest=SettingsPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsettings.page=write test";
    private static final Pattern NAMED = Pattern
            .compile(
                    "`((?:launch|graph|telegram|kafka|standalone|verification)\\.[a-z][a-z0-9.-]*[a-z0-9])(?:\\.\\*|=[^`]*)?`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\| ([^|]+) \\|");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final Pattern BY_NAME = Pattern
            .compile("@Value\\(\"\\$\\{|[eE]nvironment(?:\\(\\))?\\s*\\.get(?:Required)?Property\\(|Binder\\.get\\(");

    /** Files that may read a property by its name, each for a reason. */
    private static final Set<String> BY_NAME_ALLOWED = Set.of(
            // The name of a service is what its program says, and Spring Boot's.
            "KafkaConfiguration.java", "AwaitedDatabase.java",
            // Looks at addresses that are Spring Boot's to read, before it reads them.
            "Doors.java",
            // Any property may be in a file.
            "SecretFiles.java");
    /** What looks like a setting and is none: a topic, and files. */
    private static final Set<String> NO_SETTINGS = Set.of("graph.calls", "graph.calls.dlt", "verification.events",
            "verification.events.dlt",
            "kafka.authorizer.logger", "launch.avdl", "launch.json");

    private static List<Setting> settings = List.of();

    @BeforeAll
    static void read() throws Exception {
        settings = SettingsRecords.all();
    }

    @Test
    void the_page_is_what_the_records_say() throws IOException {
        var page = SettingsPage.of(settings, new SettingsReaders());
        if ("write".equals(System.getProperty("settings.page"))) {
            Files.writeString(SettingsPage.FILE, page);
        }
        assertThat(Files.exists(SettingsPage.FILE) ? Files.readString(SettingsPage.FILE) : "")
                .as("to write it anew, run: %s", COMMAND).isEqualTo(page);
    }

    @Test
    void every_setting_has_a_sentence() {
        assertThat(settings).isNotEmpty();
        assertThat(settings.stream().filter(setting -> setting.sentence().isBlank())).isEmpty();
    }

    @Test
    void services_that_read_the_same_setting_have_the_same_default_and_sentence_for_it() {
        settings.stream().collect(Collectors.groupingBy(Setting::name)).forEach((name, same) -> {
            assertThat(same.stream().map(Setting::defaultValue).distinct()).as(name).hasSize(1);
            assertThat(same.stream().map(Setting::sentence).distinct()).as(name).hasSize(1);
        });
    }

    @ParameterizedTest
    @MethodSource("io.campaignlauncher.architecture.PagesTest#pages")
    void a_page_names_no_setting_that_nobody_reads(Path page) throws IOException {
        var text = Files.readString(page);
        var unknown = NAMED.matcher(text).results().map(found -> found.group(1))
                .filter(name -> !NO_SETTINGS.contains(name)).filter(name -> !isRead(name)).distinct().toList();

        assertThat(unknown).isEmpty();
    }

    /** A row may name several, the later ones by their ending alone; then their defaults stand in the same order. */
    @Test
    void the_table_of_the_readme_tells_the_defaults_that_hold() throws IOException {
        var section = Files.readString(SettingsRecords.HOUSE.resolve("README.md")).split("\n## Settings\n")[1].split(
                "\n## ")[0];
        var wrong = new ArrayList<String>();
        var checked = new ArrayList<String>();
        ROW.matcher(section).results().forEach(row -> {
            var names = names(row.group(1));
            var defaults = row.group(2).replace("`", "").split(",");
            for (int i = 0; i < names.size(); i++) {
                var told = defaults[Math.min(i, defaults.length - 1)].strip();
                settings.stream().filter(named(names.get(i))).filter(one -> !one.defaultValue().isEmpty())
                        .findFirst().ifPresent(one -> {
                            checked.add(one.name());
                            if (!told.equals(one.defaultValue())) {
                                wrong.add(one.name() + " is " + one.defaultValue() + ", not " + told);
                            }
                        });
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(checked).hasSizeGreaterThan(10);
    }

    @Test
    void no_setting_is_read_by_its_name_alone() throws IOException {
        var found = new ArrayList<String>();
        for (var source : SettingsRecords.sources().toList()) {
            if (BY_NAME.matcher(Files.readString(source)).find()) {
                found.add(source.getFileName().toString());
            }
        }
        assertThat(found).as("read settings into a record with @ConfigurationProperties")
                .containsExactlyInAnyOrderElementsOf(BY_NAME_ALLOWED);
    }

    private static List<String> names(String cell) {
        var names = new ArrayList<String>();
        WORD.matcher(cell).results().map(word -> word.group(1)).forEach(word -> names.add(word.startsWith(".")
                ? names.getFirst().substring(0, names.getFirst().lastIndexOf('.')) + word : word));
        return names;
    }

    private static Predicate<Setting> named(String name) {
        return setting -> setting.name().equals(name);
    }

    /** A setting, the beginning of some, or one of a map. A secret may be in a file as well. */
    private static boolean isRead(String name) {
        var plain = name.endsWith("-file") ? name.substring(0, name.length() - "-file".length()) : name;
        return settings.stream().map(Setting::name).anyMatch(known -> known.equals(plain)
                || known.startsWith(plain + ".")
                || known.endsWith(".*") && plain.startsWith(known.substring(0, known.length() - 1)));
    }
}
