package io.campaignlauncher.launchfile;

import static io.campaignlauncher.launchfile.Files.BERLIN;
import static io.campaignlauncher.launchfile.Files.bytes;
import static io.campaignlauncher.launchfile.Files.csv;
import static io.campaignlauncher.launchfile.Files.preview;
import static io.campaignlauncher.launchfile.Files.read;
import static io.campaignlauncher.launchfile.Files.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.launchfile.sheet.UnreadableSheet.Reason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EncodingsTest {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Map<String, String> FIRST = row("Campaign Name", "Frühling – „süß“", "Ad Name",
            "Größe, blau; \"neu\"");
    private static final Map<String, String> SECOND = row("Campaign Name", "Frühling – „süß“", "Ad Name", "b");

    record Way(String title, Charset charset, int... mark) {

        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Arguments> every_way_that_tools_write() {
        var ways = Stream.of(new Way("UTF-16 LE with its mark", StandardCharsets.UTF_16LE, 0xFF, 0xFE),
                new Way("UTF-16 LE with the mark of BE", StandardCharsets.UTF_16LE, 0xFE, 0xFF),
                new Way("UTF-16 LE with both", StandardCharsets.UTF_16LE, 0xFF, 0xFE, 0xFE, 0xFF),
                new Way("UTF-16 LE without a mark", StandardCharsets.UTF_16LE),
                new Way("UTF-16 BE with its mark", StandardCharsets.UTF_16BE, 0xFE, 0xFF),
                new Way("UTF-16 BE with the mark of LE", StandardCharsets.UTF_16BE, 0xFF, 0xFE),
                new Way("UTF-16 BE without a mark", StandardCharsets.UTF_16BE),
                new Way("UTF-8 with a mark", StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
                new Way("UTF-8 with a wrong mark", StandardCharsets.UTF_8, 0xEF, 0xBF, 0xBE),
                new Way("UTF-8 without a mark", StandardCharsets.UTF_8),
                new Way("Windows-1252", WINDOWS));
        return ways.flatMap(way -> Stream.of('\t', ',', ';').flatMap(
                separator -> Stream.of("\r\n", "\n", "\r").map(lineEnd -> Arguments.of(way, separator, lineEnd))));
    }

    @ParameterizedTest
    @MethodSource("every_way_that_tools_write")
    void is_read_the_same(Way way, char separator, String lineEnd) {
        var file = bytes(csv(separator, lineEnd, FIRST, SECOND), way.charset(), way.mark());
        var found = (LaunchFile.Preview) read(file, BERLIN, false);

        assertThat(found.mistakes()).isEmpty();
        assertThat(found.format()).startsWith("CSV, " + way.title().split(" with")[0]);
        assertThat(found.campaigns()).singleElement()
                .satisfies(campaign -> assertThat(campaign.launch())
                        .isEqualTo(preview(FIRST, SECOND).campaigns().getFirst().launch()));
    }

    @Test
    void a_row_is_numbered_as_a_spreadsheet_shows_it_whatever_breaks_within_cells_and_blank_lines_come_before() {
        var text = "\n" + csv(',', "\n", row("Body", "one\ntwo\r\nthree"), row("Ad Name", "b", "Ad Status", "NO"));
        var found = (LaunchFile.Preview) read(bytes(text, StandardCharsets.UTF_8), BERLIN, false);

        assertThat(found.mistakes()).singleElement().satisfies(mistake -> assertThat(mistake.row()).isEqualTo(4));
    }

    @Test
    void what_tools_write_above_the_headers_is_passed_over() {
        var text = "sep=;\n\nMy launches;of June\n" + csv(';', "\n", row("Ad Status", "NO"));
        var found = (LaunchFile.Preview) read(bytes(text, StandardCharsets.UTF_8), BERLIN, false);

        assertThat(found.rows()).isEqualTo(1);
        assertThat(found.mistakes()).singleElement().satisfies(mistake -> assertThat(mistake.row()).isEqualTo(5));
    }

    @Test
    void half_a_character_at_the_end_says_that_the_file_was_cut_off() {
        var whole = bytes(csv('\t', "\r\n", row()), StandardCharsets.UTF_16LE, 0xFF, 0xFE);

        assertThat(read(Arrays.copyOf(whole, whole.length - 1), BERLIN, false)).isInstanceOfSatisfying(
                LaunchFile.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.DAMAGED);
                    assertThat(refused.sentence()).startsWith("In row ").contains("export it again");
                });
    }

    @Test
    void letters_that_the_encoding_does_not_have_are_mistakes_where_they_stand() {
        var file = bytes(csv(',', "\n", row("Title", "Fr\u00FChling ?")), WINDOWS);
        for (int i = 0; i < file.length; i++) {
            file[i] = file[i] == '?' ? (byte) 0x81 : file[i];
        }

        assertThat(((LaunchFile.Preview) read(file, BERLIN, false)).mistakes()).singleElement()
                .satisfies(mistake -> assertThat(mistake.sentence()).contains("broken on its way"));
    }
}
