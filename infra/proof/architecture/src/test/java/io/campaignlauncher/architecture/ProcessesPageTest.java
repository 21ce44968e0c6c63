package io.campaignlauncher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.architecture.SettingsRecords.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Properties;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in docs/processes.md, of which setting goes to which service; and the files that an operator is given. */
class ProcessesPageTest {

    private static final Path PAGE = SettingsRecords.HOUSE.resolve("docs/processes.md");
    private static final Path FILES = SettingsRecords.HOUSE.resolve("infra/ops/systemd/settings");
    private static final String SHARED = "launch";
    private static final String BEGIN = "<!-- settings: begin -->\n";
    private static final String END = "<!-- settings: end -->";
    private static final String HEAD = """
            | read by | settings |
            |---|---|
            """;
    private static final TreeSet<String> OF_SPRING = new TreeSet<>(List.of("server.address", "server.port"));

    private static List<Setting> settings = List.of();
    private static final SettingsReaders READERS = new SettingsReaders();

    @BeforeAll
    static void read() throws Exception {
        settings = SettingsRecords.all();
    }

    static Stream<String> services() {
        return SettingsReaders.services().stream();
    }

    @Test
    void the_table_says_which_setting_goes_to_which_service() throws IOException {
        var page = Files.readString(PAGE);
        var table = HEAD + rows();
        var begin = page.indexOf(BEGIN) + BEGIN.length();
        if ("write".equals(System.getProperty("settings.page"))) {
            page = page.substring(0, begin) + table + page.substring(page.indexOf(END));
            Files.writeString(PAGE, page);
        }
        assertThat(page.substring(begin, page.indexOf(END))).as("-Dsettings.page=write writes it").isEqualTo(table);
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_file_says_nothing_that_its_service_does_not_read(String service) {
        assertThat(names(service)).isNotEmpty().allMatch(name -> OF_SPRING.contains(name) || reads(service).test(name));
    }

    @Test
    void what_all_are_told_is_read_by_some_and_is_no_secret() {
        assertThat(names(SHARED)).allMatch(name -> services().anyMatch(service -> reads(service).test(name)))
                .noneMatch(name -> name.endsWith("password") || name.endsWith("key") || name.endsWith("jaas.config")
                        || name.endsWith("token"));
    }

    /** Those of many first. What a whole group has in common is said of the group. */
    private static String rows() {
        var readersOf = new TreeMap<String, SequencedSet<String>>();
        settings.stream().collect(Collectors.groupingBy(Setting::name))
                .forEach((name, same) -> readersOf.put(name, SettingsPage.readers(same, READERS)));
        readersOf.values().removeIf(Set::isEmpty);
        var readersOfGroup = readersOf.keySet().stream().collect(Collectors.groupingBy(SettingsPage::group,
                Collectors.mapping(readersOf::get, Collectors.toSet())));
        var rows = new LinkedHashMap<SequencedSet<String>, TreeSet<String>>();
        readersOf.forEach((name, services) -> {
            var group = SettingsPage.group(name);
            rows.computeIfAbsent(services, _ -> new TreeSet<>())
                    .add(readersOfGroup.get(group).size() == 1 && !group.equals("launch") ? group + ".*" : name);
        });
        return rows.entrySet().stream()
                .sorted(Comparator.comparing(row -> -row.getKey().size()))
                .map(row -> "| " + SettingsPage.called(row.getKey()) + " | " + quoted(row.getValue()) + " |\n")
                .collect(Collectors.joining());
    }

    private static String quoted(Set<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static Predicate<String> reads(String service) {
        return name -> settings.stream().filter(setting -> READERS.of(setting.holder()).contains(service))
                .map(Setting::name).anyMatch(known -> known.equals(name)
                        || known.endsWith(".*") && name.startsWith(known.substring(0, known.length() - 1)));
    }

    private static TreeSet<String> names(String file) {
        try (var in = Files.newBufferedReader(FILES.resolve(file + ".properties"))) {
            var properties = new Properties();
            properties.load(in);
            return new TreeSet<>(properties.stringPropertyNames());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
