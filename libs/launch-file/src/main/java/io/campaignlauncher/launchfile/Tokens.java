package io.campaignlauncher.launchfile;

import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/**
 * Short texts of a certain form.
 *
 * @param form     what is kept must look like
 * @param kept     what is kept of a text
 * @param within   the field of an object in which it stands; null where it stands alone
 * @param sentence what is wrong with others
 */
record Tokens(Pattern form, UnaryOperator<String> kept, @Nullable String within, String sentence) implements Kind {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    static final Kind COUNTRY = new Tokens(Pattern.compile(String.join("|", COUNTRIES)), Tokens::capitals, null,
            "A country is two letters, such as US or DE; the United Kingdom is GB.");
    static final Kind SMALL_WORD = new Tokens(Pattern.compile("[a-z][a-z0-9_]{0,60}"),
            text -> text.strip().toLowerCase(Locale.ROOT).replace(' ', '_'), null,
            "Words here are of small letters, such as home or facebook_reels.");
    static final Kind CONSTANT = new Tokens(Pattern.compile("[A-Z][A-Z0-9_]{0,60}"), Tokens::capitals, null,
            "Words here are of capitals, such as FACEBOOK_STANDARD.");
    static final Kind ZIP = new Tokens(Pattern.compile("[A-Z]{2}:[A-Z0-9 -]{2,12}"), Tokens::capitals, "key",
            "A zip code has its country before it, such as US:50001.");
    static final Kind AUDIENCE = new Tokens(Pattern.compile("\\d{1,20}"), Tokens::beforeColon, "id",
            "An audience is given by its id, alone or as in 120200000000000010:Name.");
    static final Kind DEVICE = new Tokens(Pattern.compile("[^,\\p{Cntrl}]{1,100}"), String::strip, null,
            "Names of devices have no commas.");

    private static String capitals(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }

    private static String beforeColon(String text) {
        int colon = text.indexOf(':');
        return (colon < 0 ? text : text.substring(0, colon)).strip();
    }

    @Override
    public Reading read(String text, Account account) {
        var token = kept.apply(text);
        if (!form.matcher(token).matches()) {
            return new Reading.Mistake(sentence);
        }
        var value = StringNode.valueOf(token);
        return new Reading.Value(within == null ? value : JsonNodeFactory.instance.objectNode().set(within, value));
    }

    @Override
    public @Nullable String write(JsonNode value, Account account) {
        var token = within == null ? value : value.get(within);
        return token != null && token.isString() ? token.stringValue() : null;
    }
}
