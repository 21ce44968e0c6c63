package io.campaignlauncher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages name exists: files, folders and the pages they link to. */
class PagesTest {

    private static final Path HOUSE = Path.of("../../..");
    private static final Pattern NAMED = Pattern
            .compile(
                    "`((?:schemas|libs|job-service|creator-service|verifier-service|rollback-service|posting-service|identity-service|tools|analytics|infra|docs)"
                            + "(?:/[\\w.-]+)*)`");
    private static final Pattern LINKED = Pattern.compile("]\\((?!https?:|#|mailto:)([^)#\\s]+)(?:#[^)]*)?\\)");

    static Stream<Path> pages() throws IOException {
        try (var docs = Files.walk(HOUSE.resolve("docs"))) {
            return Stream.concat(Stream.of(HOUSE.resolve("README.md"), HOUSE.resolve("CONTRIBUTING.md")),
                    docs.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void a_page_names_nothing_that_is_not_there(Path page) throws IOException {
        var text = Files.readString(page);
        var missing = new ArrayList<String>();

        // A decision tells of its own time.
        if (!page.toString().contains("decisions")) {
            missing.addAll(absent(NAMED, text, HOUSE));
        }
        missing.addAll(absent(LINKED, text, page.getParent()));

        assertThat(missing).isEmpty();
    }

    private static List<String> absent(Pattern pattern, String text, Path from) {
        return pattern.matcher(text).results().map(found -> found.group(1))
                .filter(name -> !Files.exists(from.resolve(name))).toList();
    }
}
