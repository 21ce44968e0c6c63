package io.campaignlauncher.launchfile;

import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.model.TextRules;
import io.campaignlauncher.schemas.KeptName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Texts that stay texts.
 *
 * @param kept     what is kept of one
 * @param sentence what is wrong with what is kept; null where nothing is
 */
record Texts(UnaryOperator<String> kept, Function<String, @Nullable String> sentence) implements Kind {

    /** Of a campaign, an ad set or an ad. */
    static final Kind NAME = new Texts(KeptName::of, Texts::name);
    /** With paragraphs, blanks at its ends included: it is shown as it is. */
    static final Kind PARAGRAPHS = new Texts(UnaryOperator.identity(), Texts::characters);
    static final Kind LINE = new Texts(String::strip, Texts::characters);
    static final Kind LINK = new Texts(String::strip, Texts::link);

    @Override
    public Reading read(String text, Account account) {
        var value = kept.apply(text);
        var wrong = sentence.apply(value);
        return wrong == null ? new Reading.Value(StringNode.valueOf(value)) : new Reading.Mistake(wrong);
    }

    @Override
    public @Nullable String write(JsonNode value, Account account) {
        return value.isString() ? value.stringValue() : null;
    }

    private static @Nullable String name(String text) {
        if (text.length() > LaunchPlan.NAME_CHARACTERS_MAX) {
            return "A name has at most " + LaunchPlan.NAME_CHARACTERS_MAX + " characters. Shorten it.";
        }
        var wrong = TextRules.mistake(text);
        return wrong == null ? reference(text) : sentence(wrong);
    }

    private static @Nullable String characters(String text) {
        var wrong = TextRules.mistake(text.replace('\n', ' ').replace('\r', ' ').replace('\t', ' '));
        return wrong == null ? reference(text) : sentence(wrong);
    }

    private static @Nullable String reference(String text) {
        var wrong = TextRules.reference(text);
        return wrong == null ? null : sentence(wrong);
    }

    private static String sentence(String wrong) {
        return "The text " + wrong + ". Type it anew, without copying.";
    }

    private static @Nullable String link(String text) {
        try {
            var uri = new URI(text.replace("{{", "").replace("}}", ""));
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return uri.getHost() != null && (scheme.equals("https") || scheme.equals("http")) ? characters(text)
                    : "A link begins with https:// and the name of a site. Write it in full.";
        } catch (URISyntaxException e) {
            return "This is no link. Copy it from the address bar of a browser.";
        }
    }
}
