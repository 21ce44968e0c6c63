package io.campaignlauncher.telegram.simulator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Texts and errors as the tests of td 1.8.66 have them, and entities in UTF-16 units. */
class ParseModesTest {

    private static String read(String text, String mode) throws UnreadableText {
        var read = TextReader.read(text, mode, null);
        return read.text() + " " + read.entities().stream()
                .map(entity -> entity.type().wireName() + "@" + entity.offset() + "+" + entity.length()
                        + (entity.argument() == null ? "" : "=" + entity.argument()))
                .collect(Collectors.toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            MarkdownV2 ¦ 🏟 🏟_abac \\* asd_                     ¦ 🏟 🏟abac * asd [italic@5+10]
            MarkdownV2 ¦ 🏟 🏟_🏟 __🏟___                        ¦ 🏟 🏟🏟 🏟 [italic@5+5, underline@8+2]
            MarkdownV2 ¦ 🏟 🏟```🏟 🏟```                      ¦ 🏟 🏟 🏟 [pre@5+3=🏟]
            MarkdownV2 ¦ ``a`b`                                  ¦ ab [code@1+1]
            MarkdownV2 ¦ x||test||                             ¦ xtest [spoiler@1+4]
            MarkdownV2 ¦ [telegram\\.org](https://telegram.dog?) ¦ telegram.org [text_link@0+12=https://telegram.dog/?]
            MarkdownV2 ¦ [telegram\\.org](telegram.dog)          ¦ telegram.org [text_link@0+12=http://telegram.dog/]
            MarkdownV2 ¦ [a](tg:user?id=123456)                  ¦ a [text_mention@0+1=123456]
            MarkdownV2 ¦ [a](asdasd)                             ¦ a []
            MarkdownV2 ¦ >*abcd*                                 ¦ abcd [blockquote@0+4, bold@0+4]
            MarkdownV2 ¦ *b*~s~                                  ¦ bs [bold@0+1, strikethrough@1+1]
            Markdown   ¦ *b* _i_ `c` [l](http://a.example/x)     ¦ b i c l [bold@0+1, italic@2+1, code@4+1, text_link@6+1=http://a.example/x]
            Markdown   ¦ a.b-c \\_d                              ¦ a.b-c _d []
            HTML       ¦ 🏟 <b>b<i>i</i></b>                     ¦ 🏟 bi [bold@3+2, italic@4+1]
            HTML       ¦ &lt;b&gt; &amp;&quot; &#65;&#x42; &nbsp; ¦ <b> &" AB &nbsp; []
            HTML       ¦ <a href="https://ads.example/t/1">x</a> ¦ x [text_link@0+1=https://ads.example/t/1]
            HTML       ¦ <a href='ads.example'>x</a>             ¦ x [text_link@0+1=http://ads.example/]
            HTML       ¦ <pre><code class="language-java">x</code></pre> ¦ x [pre@0+1=java]
            HTML       ¦ <span class="tg-spoiler">x</span>       ¦ x [spoiler@0+1]
            HTML       ¦ <blockquote expandable>x</blockquote>   ¦ x [expandable_blockquote@0+1]
            hTmL       ¦ <strong>x</strong><del>y</del>          ¦ xy [bold@0+1, strikethrough@1+1]
            """)
    void reads_what_is_written(String mode, String source, String expected) throws UnreadableText {
        assertThat(read(source, mode)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '§', textBlock = """
            MarkdownV2 ¦ 🏟 🏟_abacaba            ¦ Can't find end of Italic entity at byte offset 9
            MarkdownV2 ¦ 🏟 🏟_abac * asd _       ¦ Can't find end of Italic entity at byte offset 21
            MarkdownV2 ¦ 🏟 🏟`                   ¦ Can't find end of Code entity at byte offset 9
            MarkdownV2 ¦ 🏟 🏟```                 ¦ Can't find end of Pre entity at byte offset 9
            MarkdownV2 ¦ 🏟 🏟```a b              ¦ Can't find end of PreCode entity at byte offset 9
            MarkdownV2 ¦ 🏟 🏟__🏟 🏟_            ¦ Can't find end of Italic entity at byte offset 20
            MarkdownV2 ¦ 🏟 🏟_🏟 🏟__            ¦ Can't find end of Underline entity at byte offset 19
            MarkdownV2 ¦ 🏟 🏟__🏟 _🏟___         ¦ Can't find end of Italic entity at byte offset 23
            MarkdownV2 ¦ [telegram\\.org](asd     ¦ Can't find end of a URL at byte offset 16
            MarkdownV2 ¦ 🏟 🏟!                   ¦ Character '!' is reserved and must be escaped with the preceding '\\'
            MarkdownV2 ¦ 🏟 🏟>                   ¦ Character '>' is reserved and must be escaped with the preceding '\\'
            MarkdownV2 ¦ Save 20% (now)           ¦ Character '(' is reserved and must be escaped with the preceding '\\'
            Markdown   ¦ 🏟 _x                    ¦ Can't find end of the entity starting at byte offset 5
            Markdown   ¦ [x                       ¦ Can't find end of the entity starting at byte offset 0
            HTML       ¦ 🏟<x>                    ¦ Unsupported start tag "x" at byte offset 4
            HTML       ¦ <b>x                     ¦ Can't find end tag corresponding to start tag "b"
            HTML       ¦ x</b>                    ¦ Unexpected end tag at byte offset 1
            HTML       ¦ <b>x</i>                 ¦ Unmatched end tag at byte offset 4, expected "</b>", found "</i>"
            HTML       ¦ <b                       ¦ Unclosed start tag at byte offset 0
            HTML       ¦ <b>x</b                  ¦ Unclosed end tag at byte offset 4
            HTML       ¦ <span>x</span>           ¦ Tag "span" must have class "tg-spoiler" at byte offset 0
            """)
    void tells_what_is_wrong_and_where(String mode, String source, String error) {
        assertThatThrownBy(() -> TextReader.read(source, mode, null)).isInstanceOf(UnreadableText.class)
                .hasMessage("can't parse entities: " + error);
    }

    @Test
    void ends_a_quote_with_its_last_line_and_expands_it_where_it_is_marked() throws UnreadableText {
        assertThat(read("abc\n>def\n>ghi\njkl", "MarkdownV2")).isEqualTo("abc\ndef\nghi\njkl [blockquote@4+8]");
        assertThat(read(">asd\n>q||e||w||\nasdad", "MarkdownV2"))
                .isEqualTo("asd\nqew\nasdad [expandable_blockquote@0+8, spoiler@5+1]");
        assertThatThrownBy(() -> read(">*b\n>ld \n>bo\nld*\nasd", "MarkdownV2"))
                .hasMessage("can't parse entities: Can't find end of Bold entity at byte offset 1");
    }

    @Test
    void knows_no_other_mode() {
        assertThatThrownBy(() -> read("x", "BBCode")).hasMessage("unsupported parse_mode");
    }

    @Test
    void finds_addresses_mentions_and_hashtags_outside_of_code_and_links() throws UnreadableText {
        assertThat(read("see https://a.example/x?y=1. @some_body #Sale2026 mail@a.example", ""))
                .isEqualTo("see https://a.example/x?y=1. @some_body #Sale2026 mail@a.example [url@4+23, mention@29+10,"
                        + " hashtag@40+9, email@50+14]");
        assertThat(read("`https://a.example/` [https://b.example/](https://c.example/)", "Markdown")).isEqualTo(
                "https://a.example/ https://b.example/ [code@0+18, text_link@19+18=https://c.example/]");
    }

    @Test
    void takes_blanks_away_around_a_text_and_moves_its_entities() throws UnreadableText {
        assertThat(read(" \n <b> x </b> y \n", "HTML")).isEqualTo("x  y [bold@0+2]");
    }

    @Test
    void cuts_listed_entities_to_the_text_and_leaves_out_what_is_none() throws UnreadableText {
        var entities = JsonMapper.shared().readTree("""
                [{"type":"bold","offset":0,"length":99},{"type":"text_link","offset":1,"length":1,"url":"nonsense"},
                 {"type":"italic","offset":9,"length":1},{"type":"pigeon","offset":0,"length":1},
                 {"type":"text_link","offset":1,"length":1,"url":"ads.example"}]""");
        assertThat(TextReader.read("abc", "", entities).entities()).containsExactly(
                new Entity(EntityType.BOLD, 0, 3, null), new Entity(EntityType.TEXT_LINK, 1, 1, "http://ads.example/"));
    }

    @Test
    void takes_no_input_beyond_32_kilobytes() {
        assertThatThrownBy(() -> read("x".repeat(32_769), "")).hasMessage("text is too long");
    }
}
