package io.campaignlauncher.launchfile;

import static io.campaignlauncher.launchfile.Files.BERLIN;
import static io.campaignlauncher.launchfile.Files.bytes;
import static io.campaignlauncher.launchfile.Files.csv;
import static io.campaignlauncher.launchfile.Files.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.launchfile.sheet.UnreadableSheet.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusedFilesTest {

    private static final String HEADERS = Workbooks.texts("Campaign Name", "Ad Set Name", "Ad Name");
    private static final String HEADER_ROW = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>"
            + "<c r='C1' t='s'><v>2</v></c></row>";

    private static Reason reason(byte[] file) {
        return ((LaunchFile.Refused) Files.read(file, BERLIN, false)).reason();
    }

    private static byte[] utf8(String text) {
        return bytes(text, StandardCharsets.UTF_8);
    }

    @Test
    void an_empty_file_and_one_of_headers_alone() {
        assertThat(reason(new byte[0])).isEqualTo(Reason.EMPTY);
        assertThat(reason(utf8(csv(',', "\n", row()).lines().findFirst().orElseThrow() + "\n\n ,, \n")))
                .isEqualTo(Reason.EMPTY);
    }

    @Test
    void a_file_of_another_kind_whatever_its_name_says() {
        assertThat(reason(utf8("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n")))
                .isEqualTo(Reason.NO_KNOWN_COLUMNS);
        assertThat(reason(utf8("Name,Budget\nSpring,5\n"))).isEqualTo(Reason.NO_KNOWN_COLUMNS);
        assertThat(reason(Workbooks.of(List.of(Map.of("Name", "Spring"))))).isEqualTo(Reason.NO_KNOWN_COLUMNS);
        assertThat(reason(HexFormat.of().parseHex("d0cf11e0a1b11ae10000"))).isEqualTo(Reason.NO_KNOWN_COLUMNS);
        assertThat(reason(Workbooks.zip(Map.of("readme.txt", "hello")))).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void a_file_of_a_few_bytes() {
        for (int length = 1; length <= 8; length++) {
            assertThat(reason(utf8("{}".repeat(4).substring(0, length)))).isEqualTo(Reason.NO_KNOWN_COLUMNS);
        }
    }

    @Test
    void a_file_that_was_cut_off() {
        var text = csv(',', "\n", row(), row("Ad Name", "b"));
        assertThat(reason(utf8(text.substring(0, text.lastIndexOf("now;"))))).isEqualTo(Reason.DAMAGED);
        var workbook = Workbooks.of(List.of(row()));
        for (int length : List.of(5, workbook.length / 2, workbook.length - 1)) {
            assertThat(reason(Arrays.copyOf(workbook, length))).isEqualTo(Reason.DAMAGED);
        }
    }

    @Test
    void a_file_of_more_rows_than_are_read() {
        assertThat(Files.read(utf8(rows(5_000)), BERLIN, false)).isInstanceOfSatisfying(LaunchFile.Preview.class,
                preview -> assertThat(preview.rows()).isEqualTo(5_000));
        assertThat(reason(utf8(rows(5_001)))).isEqualTo(Reason.TOO_MANY_ROWS);
        var sheet = new StringBuilder(HEADER_ROW);
        IntStream.rangeClosed(2, 5_002).forEach(i -> sheet.append("<row r='").append(i).append("'><c r='A").append(i)
                .append("' t='inlineStr'><is><t>a").append(i * 7919).append("</t></is></c></row>"));
        assertThat(reason(Workbooks.raw(sheet.toString(), HEADERS, Map.of()))).isEqualTo(Reason.TOO_MANY_ROWS);
    }

    private static String rows(int count) {
        return "Campaign Name,Ad Set Name,Ad Name\n" + "a,b,c\n".repeat(count);
    }

    @Test
    void a_file_of_one_byte_more_than_is_read_and_of_that_no_more_is_read() throws Exception {
        var text = utf8(csv(',', "\n", row("Body", "?")));
        var exact = utf8(csv(',', "\n", row("Body", "a".repeat(LaunchFileReader.BYTES_MAX - text.length + 1))));
        assertThat(exact).hasSize(LaunchFileReader.BYTES_MAX);
        assertThat(Files.read(exact, BERLIN, false)).isInstanceOf(LaunchFile.Preview.class);
        assertThat(((LaunchFile.Preview) Files.read(exact, BERLIN, false)).sha256())
                .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(exact)));

        var endless = new Endless();
        var read = new LaunchFileReader(new LaunchFileReader.Options(BERLIN, false)).read(endless);
        assertThat(((LaunchFile.Refused) read).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(endless.given).isEqualTo(LaunchFileReader.BYTES_MAX + 1);
    }

    private static final class Endless extends InputStream {

        private int given;

        @Override
        public int read() throws IOException {
            given++;
            return 'a';
        }
    }

    @Test
    void a_file_of_nothing_but_ends_of_lines() {
        assertThat(reason(utf8("Campaign Name,Ad Set Name,Ad Name\n" + "\n".repeat(1 << 20))))
                .isEqualTo(Reason.TOO_MANY_ROWS);
    }

    @Test
    void lists_that_take_far_more_memory_than_they_are_long() {
        var file = new StringBuilder("Campaign Name,Ad Set Name,Ad Name,Countries\n");
        for (int i = 0; i < 4_000; i++) {
            file.append("a,").append(i).append(',').append(i).append(",\"").append("US,".repeat(600)).append("\"\n");
            file.append("a,").append(i).append(',').append(i).append(",\"").append("CA,".repeat(200)).append("\"\n");
        }

        assertThat(reason(utf8(file.toString()))).isEqualTo(Reason.UNSAFE);
    }

    @Test
    void a_line_of_millions_of_cells() {
        assertThat(reason(utf8("Campaign Name,Ad Set Name,Ad Name\n" + ",".repeat(70_000))))
                .isEqualTo(Reason.UNSAFE);
    }

    @Test
    void a_workbook_that_unpacks_to_far_more_than_it_is() {
        assertUnsafe(Workbooks.raw(HEADER_ROW, HEADERS, Map.of("xl/media/a.png", "0".repeat(3 << 20))));
        assertUnsafe(Workbooks.raw(HEADER_ROW + "<row r='2'/>".repeat(300_000), HEADERS, Map.of()));
    }

    @Test
    void a_workbook_of_more_than_a_reader_could_hold_however_badly_it_is_packed() {
        var noise = new byte[750];
        var random = new Random(7);
        var text = new StringBuilder();
        while (text.length() < 8 << 20) {
            random.nextBytes(noise);
            text.repeat(Base64.getEncoder().encodeToString(noise), 16);
        }
        var parts = new LinkedHashMap<String, String>();
        for (int i = 0; i < 9; i++) {
            parts.put("xl/media/" + i, text.toString());
        }
        assertUnsafe(Workbooks.raw(HEADER_ROW, HEADERS, parts));
    }

    @Test
    void entities_that_stand_for_others() {
        assertUnsafe(Workbooks.raw(HEADER_ROW, HEADERS, Map.of("xl/sharedStrings.xml", """
                <?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
                <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><sst><si><t>&c;</t></si></sst>""")));
        assertUnsafe(Workbooks.raw(HEADER_ROW, HEADERS, Map.of(Workbooks.SHEET,
                "<!DOCTYPE w [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><w><sheetData>&e;</sheetData></w>")));
    }

    @Test
    void parts_that_are_nested_without_an_end() {
        assertUnsafe(Workbooks.raw(HEADER_ROW + "<row>".repeat(100), HEADERS, Map.of()));
    }

    @Test
    void a_cell_that_stands_further_right_than_a_spreadsheet_goes() {
        assertUnsafe(
                Workbooks.raw(HEADER_ROW + "<row r='2'><c r='ZZZZZZ2' t='s'><v>0</v></c></row>", HEADERS, Map.of()));
        assertUnsafe(Workbooks.raw(HEADER_ROW + "<row r='2'>" + "<c><v>1</v></c>".repeat(16_385) + "</row>", HEADERS,
                Map.of()));
    }

    @Test
    void a_cell_that_names_a_text_which_is_not_there() {
        for (var index : List.of("3", "2147483647", "99999999999", "-1 ")) {
            assertThat(reason(Workbooks.raw(HEADER_ROW + "<row r='2'><c r='A2' t='s'><v>" + index + "</v></c></row>",
                    HEADERS, Map.of()))).isIn(Reason.UNSAFE, Reason.DAMAGED);
        }
    }

    @Test
    void formulas_that_cost_their_reader_more_than_they_say() {
        assertUnsafe(Workbooks.raw(HEADER_ROW + "<row r='2'><c r='A2'><f>" + "1+".repeat(5_000) + "</f></c></row>",
                HEADERS, Map.of()));
        assertUnsafe(Workbooks.raw(HEADER_ROW + "<row r='2'>" + "<c><f t='array' ref='A1:B2'>1</f></c>".repeat(101)
                + "</row>", HEADERS, Map.of()));
    }

    @Test
    void a_text_longer_than_any_cell() {
        var letters = IntStream.range(0, 25_000).mapToObj(Integer::toString).collect(Collectors.joining());
        assertUnsafe(Workbooks.raw(HEADER_ROW + "<row r='2'><c t='inlineStr'><is><t>" + letters + "</t></is></c></row>",
                HEADERS, Map.of()));
        assertUnsafe(Workbooks.raw(HEADER_ROW, HEADERS + "<si>" + "<r><t>" + letters + "</t></r></si>",
                Map.of()));
    }

    private static void assertUnsafe(byte[] file) {
        assertThat(file.length).isLessThan(LaunchFileReader.BYTES_MAX);
        assertThat(reason(file)).isEqualTo(Reason.UNSAFE);
    }
}
