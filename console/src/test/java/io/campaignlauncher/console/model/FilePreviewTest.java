package io.campaignlauncher.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FilePreviewTest {

    private static final String GOOD = """
            {"sha256":"ab","format":"CSV","rows":1,"launchable":true,"needs":[],
             "campaigns":[{"name":"Spring","row":2,"adSets":1,"ads":1,"idempotencyKey":"file:1","launch":
              {"adSets":[{"ads":[{"creative":{"object_story_spec":{"link_data":{"image":"beach.png"}}}}]}]}}],
             "mistakes":[],"furtherMistakes":0,
             "dates":[{"row":2,"column":"Ad Set Time Start","read":"03/04/2026","inWords":"4 March 2026"}],
             "media":[{"name":"beach.png","type":"IMAGE"}]}""";

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static FilePreview looked(String blockers, String currency) {
        return FilePreview.of(json(GOOD)).with(0, LaunchPreview.of(json("""
                {"outcome":"REFUSED","price":{"currency":"EUR","decimals":2,"adSets":[],
                 "total":{"daily":{"minorUnits":2000,"amount":"20.00"}}},"blockers":%s}""".formatted(blockers)),
                "act_1"), currency);
    }

    @Test
    void names_an_image_that_nobody_has_sent_and_launches_nothing_until_then() {
        var missing = looked("""
                [{"field":"adSets[0].ads[0].creative.object_story_spec.link_data.image","message":"is no image"}]""",
                "EUR");

        assertThat(missing.missing()).extracting(FilePreview.Media::name).containsExactly("beach.png");
        assertThat(missing.isLaunchable()).isFalse();
        assertThat(missing.campaigns().getFirst().blockers()).containsExactly("An image or a video is missing.");
        assertThat(looked("[]", "EUR").isLaunchable()).isTrue();
        assertThat(looked("[]", "EUR").campaigns().getFirst().price()).isEqualTo("20.00 EUR a day");
    }

    @Test
    void launches_nothing_that_was_read_in_another_currency() {
        assertThat(looked("[]", "USD").otherCurrency()).isEqualTo("EUR");
        assertThat(looked("[]", "USD").isLaunchable()).isFalse();
    }

    @Test
    void shows_wrong_cells_a_hundred_at_a_time() {
        var cells = IntStream.rangeClosed(2, 251).mapToObj(row -> "{\"row\":" + row
                + ",\"column\":\"Budget\",\"letter\":\"D\",\"read\":\"x\",\"sentence\":\"No.\"}")
                .collect(Collectors.joining(","));
        var preview = FilePreview.of(json("{\"mistakes\":[" + cells + "],\"furtherMistakes\":7}"));

        assertThat(preview.cells()).extracting(page -> page.from() + "-" + page.to())
                .containsExactly("1-100", "101-200", "201-250");
        assertThat(preview.cells().getLast().cells().getLast().place()).isEqualTo("D251");
        assertThat(preview.isLaunchable()).isFalse();
    }

    @Test
    void finds_what_stands_at_a_place() {
        assertThat(FilePreview.at(json("{\"a\":[{\"b\":\"c\"}]}"), "a[0].b")).isEqualTo("c");
        assertThat(FilePreview.at(json("{\"a\":[]}"), "a[3].b")).isEmpty();
    }
}
