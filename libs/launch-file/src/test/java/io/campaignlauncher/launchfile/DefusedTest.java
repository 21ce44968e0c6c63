package io.campaignlauncher.launchfile;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DefusedTest {

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("'=+-@\t\r\na1 ").ofMaxLength(6);
    }

    @Property
    void no_text_is_a_formula_and_each_comes_back_as_it_was(@ForAll("texts") String text) {
        var defused = Defused.of(text);

        assertThat(defused).doesNotMatch("(?s)[=+\\-@\t\r].*");
        assertThat(Defused.undone(defused)).isEqualTo(text);
    }
}
