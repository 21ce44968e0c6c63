package io.campaignlauncher.console.model.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.campaignlauncher.console.model.market.Difference.Part;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a moderator sees of a change. */
class DifferenceTest {

    private static Content post(String text, String more) {
        return Content.of(JsonMapper.shared().readTree("{\"place\":\"telegram\",\"channelTitle\":\"Otters\",\"amount\":"
                + "\"10.00\",\"text\":\"" + text + "\"" + more + "}"));
    }

    private static Content launch(String launch) {
        return Content.of(JsonMapper.shared().readTree("{\"place\":\"facebook\",\"adAccountId\":\"act_1\",\"amount\":"
                + "\"5.00\",\"launch\":" + launch + "}"));
    }

    @Test
    void shows_what_differs_and_nothing_else() {
        var differences = Difference.between(post("Otters", ",\"link\":\"https://a.example/\""),
                post("Otters", ",\"photo\":\"https://a.example/b.jpg\""));

        assertThat(differences).extracting(Difference::field, Difference::word, Difference::before, Difference::after)
                .containsExactly(tuple("Picture", "added", "", "https://a.example/b.jpg"),
                        tuple("Link", "removed", "https://a.example/", ""));
    }

    @Test
    void compares_a_text_word_by_word() {
        var text = Difference.between(post("Buy loud otters today", ""), post("Buy quiet otters", "")).getFirst();

        assertThat(text.word()).isEqualTo("changed");
        assertThat(text.parts()).containsExactly(new Part("same", "Buy "), new Part("gone", "loud"),
                new Part("new", "quiet"), new Part("same", " otters"), new Part("gone", " today"));
    }

    @Test
    void leaves_out_no_word_of_either_text() {
        var before = "a b c d e\\nf  g";
        var after = "b x c\\n\\nf g h";
        var parts = Difference.between(post(before, ""), post(after, "")).getFirst().parts();

        assertThat(parts.stream().filter(part -> !part.kind().equals("new")).map(Part::text)
                .collect(Collectors.joining())).isEqualTo("a b c d e\nf  g");
        assertThat(parts.stream().filter(part -> !part.kind().equals("gone")).map(Part::text)
                .collect(Collectors.joining())).isEqualTo("b x c\n\nf g h");
    }

    @Test
    void shows_a_text_with_too_many_words_whole() {
        var text = Difference.between(post("a ".repeat(800), ""), post("b ".repeat(800), "")).getFirst();

        assertThat(text.parts()).isEmpty();
        assertThat(text.before()).startsWith("a a");
    }

    @Test
    void compares_a_launch_field_by_field() {
        var differences = Difference.between(
                launch("{\"campaign\":{\"name\":\"Otters\"},\"adSets\":[{\"budget\":5}],\"in\":[\"DE\"]}"),
                launch("{\"campaign\":{\"name\":\"Otters\"},\"adSets\":[{\"budget\":7}],\"in\":[\"DE\",\"AT\"]}"));

        assertThat(differences).extracting(Difference::field, Difference::before, Difference::after).containsExactly(
                tuple("Launch › adSets › 1 › budget", "5", "7"),
                tuple("Launch › in", "DE", "DE, AT"));
    }
}
