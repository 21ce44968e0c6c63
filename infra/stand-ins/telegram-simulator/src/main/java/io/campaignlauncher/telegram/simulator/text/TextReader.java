package io.campaignlauncher.telegram.simulator.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a {@link FormattedText} of the parameters of a call. */
public final class TextReader {

    private static final int INPUT_BYTES_MAX = 32_768;
    private static final int ENTITIES_MAX = 100;

    private TextReader() {}

    private interface Mode {
        FormattedText parse(String source) throws UnreadableText;
    }

    /**
     * @param mode     HTML, MarkdownV2 or Markdown in any case; empty: none
     * @param entities a list of entities as the API has them, for want of a mode; null: none
     * @throws UnreadableText whose message is the text of the error without its prefix
     */
    public static FormattedText read(String source, String mode, @Nullable JsonNode entities) throws UnreadableText {
        if (source.getBytes(StandardCharsets.UTF_8).length > INPUT_BYTES_MAX) {
            throw new UnreadableText("text is too long");
        }
        var clean = source.replace("\r", "");
        var parsed = mode.isEmpty() ? listed(clean, entities) : parsed(clean, mode(mode));
        return FoundEntities.addedTo(parsed.stripped());
    }

    private static Mode mode(String name) throws UnreadableText {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "html" -> Html::parse;
            case "markdownv2" -> MarkdownV2::parse;
            case "markdown" -> LegacyMarkdown::parse;
            default -> throw new UnreadableText("unsupported parse_mode");
        };
    }

    private static FormattedText parsed(String source, Mode mode) throws UnreadableText {
        try {
            return mode.parse(source);
        } catch (UnreadableText e) {
            throw new UnreadableText("can't parse entities: " + e.getMessage());
        }
    }

    /** What is outside the text, of an unknown type or without a valid address is left out. */
    private static FormattedText listed(String source, @Nullable JsonNode entities) {
        var read = new ArrayList<Entity>();
        for (var each : entities == null ? List.<JsonNode>of() : entities.values()) {
            int offset = Math.max(0, each.path("offset").asInt(0));
            int length = Math.min(each.path("length").asInt(0), source.length() - offset);
            if (length > 0 && read.size() < ENTITIES_MAX) {
                EntityType.named(each.path("type").asString("")).ifPresent(type -> {
                    switch (type) {
                        case TEXT_LINK ->
                            Links.entity(each.path("url").asString(""), offset, length).ifPresent(read::add);
                        case TEXT_MENTION -> read.add(
                                new Entity(type, offset, length, each.path("user").path("id").asString("")));
                        case PRE -> read.add(new Entity(type, offset, length,
                                each.hasNonNull("language") ? each.path("language").asString("") : null));
                        case MENTION, HASHTAG, URL, EMAIL -> {
                            // found in the text itself
                        }
                        case BLOCKQUOTE, EXPANDABLE_BLOCKQUOTE, CODE, BOLD, ITALIC, UNDERLINE, STRIKETHROUGH,
                                SPOILER ->
                            read.add(new Entity(type, offset, length, null));
                    }
                });
            }
        }
        return new FormattedText(source, read);
    }
}
