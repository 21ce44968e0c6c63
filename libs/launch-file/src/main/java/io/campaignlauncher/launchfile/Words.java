package io.campaignlauncher.launchfile;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** One of some words, in capitals or not, with blanks or underscores: {@code Link clicks} is LINK_CLICKS. */
final class Words implements Kind {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Z0-9+]+");
    private static final int NAMED_MAX = 12;

    private final Map<JsonNode, String> written = new LinkedHashMap<>();
    private final Map<String, JsonNode> meaning = new LinkedHashMap<>();
    private final Set<String> nothing = new LinkedHashSet<>();

    private Words() {}

    /** Constants of the Graph API. */
    static Words of(String... constants) {
        var words = new Words();
        new TreeSet<>(Arrays.asList(constants)).forEach(each -> words.means(each, StringNode.valueOf(each)));
        return words;
    }

    static Words yesNo() {
        return new Words().means("1", IntNode.valueOf(1)).means("0", IntNode.valueOf(0)).also("Yes", "1")
                .also("No", "0")
                .also("True", "1").also("False", "0");
    }

    static Words gender() {
        return new Words().means("Men", only(1)).means("Women", only(2)).also("Male", "Men").also("Female", "Women")
                .orNothing("All");
    }

    static Words targetingOptimization() {
        return new Words().means("expansion_all", StringNode.valueOf("expansion_all")).orNothing("none");
    }

    private static JsonNode only(int value) {
        return JsonNodeFactory.instance.arrayNode().add(value);
    }

    private Words means(String word, JsonNode value) {
        written.put(value, word);
        meaning.put(key(word), value);
        return this;
    }

    /** Another word for one that is known. */
    Words also(String word, String known) {
        var value = meaning.get(key(known));
        if (value == null) {
            throw new IllegalArgumentException(known);
        }
        meaning.put(key(word), value);
        return this;
    }

    /** Each word without the prefix means the same. */
    Words alsoWithout(String prefix) {
        Set.copyOf(written.values()).forEach(word -> also(word.substring(prefix.length()), word));
        return this;
    }

    /** Words that say what is so anyway. */
    Words orNothing(String... words) {
        Arrays.stream(words).map(Words::key).forEach(nothing::add);
        return this;
    }

    Set<String> constants() {
        return Set.copyOf(written.values());
    }

    @Override
    public Reading read(String text, Account account) {
        var key = key(text);
        if (nothing.contains(key)) {
            return Reading.NOTHING;
        }
        var value = meaning.get(key);
        return value == null ? new Reading.Mistake(sentence()) : new Reading.Value(value);
    }

    @Override
    public @Nullable String write(JsonNode value, Account account) {
        return written.get(value);
    }

    private String sentence() {
        var some = written.values().stream().limit(NAMED_MAX).collect(Collectors.joining(", "));
        return "This column has no such word. Write " + (written.size() > NAMED_MAX
                ? "one of Facebook's " + written.size() + ", such as " + some + "."
                : "one of " + some + ".");
    }

    private static String key(String word) {
        return BETWEEN_WORDS.matcher(word.strip().toUpperCase(Locale.ROOT)).replaceAll("_");
    }
}
