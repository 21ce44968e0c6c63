package io.campaignlauncher.telegram.simulator.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parse mode HTML: a few tags, nested or not, and four named characters beside numbered ones. Without custom emoji. */
final class Html {

    private static final Map<String, EntityType> TAGS = Map.ofEntries(Map.entry("b", EntityType.BOLD),
            Map.entry("strong", EntityType.BOLD), Map.entry("i", EntityType.ITALIC), Map.entry("em", EntityType.ITALIC),
            Map.entry("u", EntityType.UNDERLINE), Map.entry("ins", EntityType.UNDERLINE),
            Map.entry("s", EntityType.STRIKETHROUGH), Map.entry("strike", EntityType.STRIKETHROUGH),
            Map.entry("del", EntityType.STRIKETHROUGH), Map.entry("span", EntityType.SPOILER),
            Map.entry("tg-spoiler", EntityType.SPOILER), Map.entry("a", EntityType.TEXT_LINK),
            Map.entry("pre", EntityType.PRE), Map.entry("code", EntityType.CODE),
            Map.entry("blockquote", EntityType.BLOCKQUOTE));
    private static final Pattern CHARACTER = Pattern.compile("&(?:(lt|gt|amp|quot)|#(\\d{1,7})|#x([0-9a-fA-F]{1,6}));");
    private static final String LANGUAGE = "language-";

    private final String source;
    private final StringBuilder text = new StringBuilder();
    private final List<Entity> entities = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;

    private record Open(String tag, EntityType type, int offset, @Nullable String argument) {}

    private Html(String source) {
        this.source = source;
    }

    static FormattedText parse(String source) throws UnreadableText {
        var parser = new Html(source);
        while (parser.at < source.length()) {
            parser.step();
        }
        if (!parser.open.isEmpty()) {
            throw new UnreadableText(
                    "Can't find end tag corresponding to start tag \"" + parser.open.element().tag() + '"');
        }
        return new FormattedText(parser.text.toString(), parser.entities);
    }

    private void step() throws UnreadableText {
        char c = source.charAt(at);
        if (c == '&') {
            at += character();
        } else if (c != '<') {
            text.append(c);
            at++;
        } else if (source.startsWith("</", at)) {
            endTag();
        } else {
            startTag();
        }
    }

    /** Appends what is written in its place, and says how long that is. */
    private int character() {
        var named = CHARACTER.matcher(source).region(at, source.length());
        if (!named.lookingAt()) {
            text.append('&');
            return 1;
        }
        if (named.group(1) != null) {
            text.append(switch (named.group(1)) {
                case "lt" -> '<';
                case "gt" -> '>';
                case "amp" -> '&';
                default -> '"';
            });
        } else {
            int code = named.group(2) != null ? Integer.parseInt(named.group(2))
                    : Integer.parseInt(named.group(3), 16);
            if (code == 0 || !Character.isValidCodePoint(code)) {
                text.append('&');
                return 1;
            }
            text.appendCodePoint(code);
        }
        return named.end() - named.start();
    }

    private void startTag() throws UnreadableText {
        int begin = at;
        at++;
        var tag = name();
        var attributes = new HashMap<String, String>();
        var type = TAGS.get(tag);
        if (at >= source.length()) {
            throw UnreadableText.at("Unclosed start tag", source, begin);
        }
        if (type == null) {
            throw UnreadableText.at("Unsupported start tag \"" + tag + '"', source, begin);
        }
        while (at < source.length() && source.charAt(at) != '>') {
            attribute(tag, begin, attributes);
        }
        if (at >= source.length()) {
            throw UnreadableText.at("Unclosed start tag", source, begin);
        }
        at++;
        if (tag.equals("span") && !"tg-spoiler".equals(attributes.get("class"))) {
            throw UnreadableText.at("Tag \"span\" must have class \"tg-spoiler\"", source, begin);
        }
        if (type == EntityType.BLOCKQUOTE && attributes.containsKey("expandable")) {
            type = EntityType.EXPANDABLE_BLOCKQUOTE;
        }
        open.push(new Open(tag, type, text.length(), argument(type, attributes)));
    }

    private static @Nullable String argument(EntityType type, Map<String, String> attributes) {
        var language = attributes.getOrDefault("class", "");
        return switch (type) {
            case TEXT_LINK -> attributes.get("href");
            case CODE -> language.startsWith(LANGUAGE) ? language.substring(LANGUAGE.length()) : null;
            default -> null;
        };
    }

    private String name() {
        int begin = at;
        while (at < source.length() && !Character.isWhitespace(source.charAt(at)) && source.charAt(at) != '>') {
            at++;
        }
        return source.substring(begin, at).toLowerCase(Locale.ROOT);
    }

    private void attribute(String tag, int begin, Map<String, String> attributes) throws UnreadableText {
        skipBlanks();
        if (at >= source.length() || source.charAt(at) == '>') {
            return;
        }
        int from = at;
        while (at < source.length() && !Character.isWhitespace(source.charAt(at)) && "=>".indexOf(source.charAt(
                at)) < 0) {
            at++;
        }
        var name = source.substring(from, at).toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            throw UnreadableText.at("Empty attribute name in the tag \"" + tag + '"', source, begin);
        }
        skipBlanks();
        if (at >= source.length() || source.charAt(at) != '=') {
            attributes.put(name, "");
            return;
        }
        at++;
        skipBlanks();
        attributes.put(name, value(begin));
    }

    private String value(int begin) throws UnreadableText {
        if (at >= source.length()) {
            throw UnreadableText.at("Unclosed start tag", source, begin);
        }
        char quote = source.charAt(at);
        var quoted = quote == '"' || quote == '\'';
        var value = new Html(source);
        value.at = quoted ? at + 1 : at;
        while (value.at < source.length()) {
            char c = source.charAt(value.at);
            if (quoted ? c == quote : Character.isWhitespace(c) || c == '>') {
                break;
            }
            if (c == '&') {
                value.at += value.character();
            } else {
                value.text.append(c);
                value.at++;
            }
        }
        at = quoted ? value.at + 1 : value.at;
        return value.text.toString();
    }

    private void skipBlanks() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
    }

    private void endTag() throws UnreadableText {
        int begin = at;
        if (open.isEmpty()) {
            throw UnreadableText.at("Unexpected end tag", source, begin);
        }
        at += 2;
        var tag = name();
        skipBlanks();
        if (at >= source.length() || source.charAt(at) != '>') {
            throw UnreadableText.at("Unclosed end tag", source, begin);
        }
        at++;
        var ended = open.pop();
        if (!tag.isEmpty() && !tag.equals(ended.tag())) {
            throw new UnreadableText("Unmatched end tag at byte offset " + UnreadableText.byteOffset(source, begin)
                    + ", expected \"</" + ended.tag() + ">\", found \"</" + tag + ">\"");
        }
        int length = text.length() - ended.offset();
        if (ended.type() == EntityType.TEXT_LINK) {
            var address = ended.argument() == null ? text.substring(ended.offset()) : ended.argument();
            Links.entity(address, ended.offset(), length).ifPresent(entities::add);
        } else if (length > 0) {
            add(ended, length);
        }
    }

    /** A block of code in a language is a PRE around nothing but a CODE that names it. */
    private void add(Open ended, int length) {
        var inner = entities.isEmpty() ? null : entities.getLast();
        if (ended.type() == EntityType.PRE && inner != null && inner.type() == EntityType.CODE
                && inner.offset() == ended.offset() && inner.length() == length) {
            entities.removeLast();
            entities.add(new Entity(EntityType.PRE, ended.offset(), length, inner.argument()));
        } else {
            entities.add(new Entity(ended.type(), ended.offset(), length, ended.argument()));
        }
    }
}
