package io.campaignlauncher.launchfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the table of columns in docs/files.md true. {@code -Dfiles.page=write} writes it there. */
class ColumnsPageTest {

    private static final Path PAGE = Path.of("../../docs/files.md");
    private static final String HEAD = "| column | of | cells hold | becomes |\n|---|---|---|---|\n";

    @Test
    void the_table_is_what_the_columns_are() throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf(HEAD) + HEAD.length();
        int end = page.indexOf("\n\n", begin) + 1;
        var table = Columns.MAPPED.stream().map(ColumnsPageTest::row).collect(Collectors.joining());
        if ("write".equals(System.getProperty("files.page"))) {
            page = page.substring(0, begin) + table + page.substring(end);
            Files.writeString(PAGE, page);
            end = begin + table.length();
        }

        assertThat(page).contains(HEAD);
        assertThat(page.substring(begin, end)).isEqualTo(table);
    }

    @Test
    void the_columns_that_are_passed_over_are_named() throws IOException {
        var page = Files.readString(PAGE).toLowerCase(Locale.ROOT);

        assertThat(List.of(Columns.CHANGED, Columns.TOLD, Columns.DEFAULTS.keySet())).allSatisfy(
                headers -> assertThat(headers).allSatisfy(header -> assertThat(page).contains("`" + header + "`")));
    }

    private static String row(Column column) {
        return "| `" + column.header() + "` | " + column.of().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " | "
                + holds(column.kind()) + " | " + becomes(column) + " |\n";
    }

    private static String becomes(Column column) {
        var path = String.join(".", column.path());
        var inVideos = String.join(".", column.inVideos());
        if (column.path().isEmpty()) {
            return inVideos.isEmpty() ? "says which of the two kinds of ad it is" : "`" + inVideos + "`";
        }
        return "`" + path + "`" + (path.equals(inVideos) ? "" : "; with a video `" + inVideos + "`");
    }

    private static String holds(Kind kind) {
        return switch (kind) {
            case Words words when words.constants().size() <= 8 -> "a word: `"
                    + words.constants().stream().sorted().collect(Collectors.joining(", ")) + "`";
            case Words words -> "one of Facebook's " + words.constants().size() + " words, such as `"
                    + words.constants().stream().sorted().findFirst().orElseThrow() + "`";
            case Lists(Kind each) -> "comma-separated: " + holds(each);
            case Ids(var prefix, var name) -> "the id of " + name + (prefix.isEmpty() ? "" : ", also with `" + prefix
                    + "` before it");
            case ImageHashes _ -> "a hash, also with the account before it: `1001:0123…`";
            case Amounts _ -> "an amount in the account's currency: `20` or `20.00`; 0 is none";
            case Times _ -> "a time: `06/17/2025 1:09:54 pm`, `06/17/2025`, `2025-06-17 13:09`";
            case Numbers(int from, int to) -> "a whole number from " + from + " to " + to;
            case JsonCells(boolean list) -> list ? "JSON: `[…]`" : "JSON: `{…}`";
            case Texts texts -> texts.equals(Texts.NAME) ? "a name, at most 400 characters"
                    : texts.equals(Texts.LINK) ? "a link with `https://`" : "text";
            case Tokens tokens -> tokens.sentence().substring(0, 1).toLowerCase(Locale.ROOT)
                    + tokens.sentence().substring(1, tokens.sentence().length() - 1);
            default -> throw new IllegalStateException(kind.toString());
        };
    }
}
