package io.campaignlauncher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/asvs.md names tests that there are, and its counts are those of its rows. */
class AsvsPageTest {

    private static final Path HOUSE = Path.of("../../..");
    private static final List<String> STANDINGS = List.of("met", "who runs it", "not met", "does not apply");
    private static final Pattern ROW = Pattern
            .compile("\\| (\\d+\\.\\d+\\.\\d+(?:, \\d+\\.\\d+\\.\\d+)*) \\| [^|]+ \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern CHAPTER = Pattern.compile("## (V\\d+ .+)");
    private static final Pattern NOT_APPLYING = Pattern.compile("Does not apply.* all (\\d+) items.*");
    private static final Pattern COUNT = Pattern
            .compile("\\| (V\\d+ [^|]+|all) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|");

    private static String page = "";

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(HOUSE.resolve("docs/asvs.md"));
    }

    @Test
    void the_counts_are_those_of_the_rows() {
        var counted = new TreeMap<String, List<Long>>();
        COUNT.matcher(page).results().forEach(row -> counted.put(row.group(1), Stream.of(2, 3, 4, 5, 6)
                .map(column -> Long.parseLong(row.group(column))).toList()));

        var standings = standings();
        var rows = new TreeMap<String, List<Long>>();
        standings.forEach((chapter, found) -> rows.put(chapter, counts(found)));
        rows.put("all", counts(standings.values().stream().flatMap(List::stream).toList()));

        assertThat(counted).isEqualTo(rows);
    }

    @Test
    void every_item_stands_once_and_has_a_reason_or_a_place_where_it_is_shown() {
        var rows = ROW.matcher(page).results().toList();

        assertThat(rows.stream().flatMap(row -> Stream.of(row.group(1).split(", "))).toList()).doesNotHaveDuplicates();
        assertThat(rows).allSatisfy(row -> assertThat(row.group(2)).isIn(STANDINGS));
        assertThat(rows).allSatisfy(row -> assertThat(row.group(3)).isNotBlank());
    }

    /** How each item of a chapter stands. */
    private static TreeMap<String, List<String>> standings() {
        var standings = new TreeMap<String, List<String>>();
        var chapter = "";
        for (var line : page.lines().toList()) {
            var title = CHAPTER.matcher(line);
            var row = ROW.matcher(line);
            var none = NOT_APPLYING.matcher(line);
            if (title.matches()) {
                chapter = title.group(1);
                standings.put(chapter, new ArrayList<>());
            } else if (row.matches()) {
                for (var _ : row.group(1).split(", ")) {
                    standings.get(chapter).add(row.group(2));
                }
            } else if (none.matches()) {
                for (int i = 0; i < Integer.parseInt(none.group(1)); i++) {
                    standings.get(chapter).add("does not apply");
                }
            }
        }
        return standings;
    }

    /** All, and then how many stand in each way. */
    private static List<Long> counts(List<String> standings) {
        return Stream.concat(Stream.of((long) standings.size()),
                STANDINGS.stream().map(one -> standings.stream().filter(one::equals).count())).toList();
    }
}
