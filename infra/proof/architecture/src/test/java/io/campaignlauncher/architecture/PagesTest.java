package io.campaignlauncher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages name exists: files, folders, tests and the pages they link to. */
class PagesTest {

    private static final Path HOUSE = Path.of("../../..");
    private static final Pattern NAMED = Pattern
            .compile(
                    "`((?:schemas|libs|job-service|creator-service|verifier-service|rollback-service|posting-service|identity-service|console|tools|analytics|infra|docs)"
                            + "(?:/[\\w.-]+)*)`");
    private static final Path TESTS = Path.of("src", "test", "java");
    /** From the house to a module's folder of tests, none is deeper. */
    private static final int FOLDERS_MAX = 7;
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))(?:\\.(\\w+))?`");
    private static final Pattern LINKED = Pattern.compile("]\\((?!https?:|#|mailto:)([^)#\\s]+)(?:#[^)]*)?\\)");

    static Stream<Path> pages() throws IOException {
        try (var docs = Files.walk(HOUSE.resolve("docs"))) {
            return Stream.concat(Stream.of(HOUSE.resolve("README.md"), HOUSE.resolve("CONTRIBUTING.md")),
                    docs.filter(PagesTest::isPage).sorted().toList().stream());
        }
    }

    /** Libraries of the examples, where somebody has installed them, bring pages of their own. */
    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md") && !file.toString().contains("node_modules");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_names_nothing_that_is_not_there(Path page) throws IOException {
        var text = Files.readString(page);
        var missing = new ArrayList<String>();

        if (!isDecision(page)) {
            missing.addAll(absent(NAMED, text, HOUSE));
        }
        missing.addAll(absent(LINKED, text, page.getParent()));

        assertThat(missing).isEmpty();
    }

    @Test
    void every_test_that_a_page_names_is_there() throws IOException {
        var tests = tests();
        var missing = new ArrayList<String>();

        for (var page : pages().filter(page -> !isDecision(page)).toList()) {
            TEST.matcher(Files.readString(page)).results().forEach(named -> {
                var texts = tests.getOrDefault(named.group(1), List.of());
                var method = named.group(2);
                if (texts.isEmpty()
                        || method != null && texts.stream().noneMatch(text -> text.contains("void " + method + "("))) {
                    missing.add(page.getFileName() + ": " + named.group());
                }
            });
        }

        assertThat(tests).hasSizeGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    /** A decision tells of its own time. */
    private static boolean isDecision(Path page) {
        return page.toString().contains("decisions");
    }

    private static List<String> absent(Pattern pattern, String text, Path from) {
        return pattern.matcher(text).results().map(found -> found.group(1))
                .filter(name -> !Files.exists(from.resolve(name))).toList();
    }

    /** The texts of every test class by its name, which two services may have. */
    private static TreeMap<String, List<String>> tests() throws IOException {
        try (var folders = Files.walk(HOUSE, FOLDERS_MAX)) {
            return folders.filter(folder -> folder.endsWith(TESTS)).flatMap(PagesTest::files)
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(file -> file.getFileName().toString().replace(".java", ""),
                            TreeMap::new, Collectors.mapping(PagesTest::text, Collectors.toList())));
        }
    }

    private static Stream<Path> files(Path folder) {
        try {
            return Files.walk(folder).filter(Files::isRegularFile);
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
}
