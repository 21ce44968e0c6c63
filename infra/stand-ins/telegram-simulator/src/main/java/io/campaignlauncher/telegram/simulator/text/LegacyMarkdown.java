package io.campaignlauncher.telegram.simulator.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The older parse mode Markdown: bold, italic, code, pre and links, none inside another. */
final class LegacyMarkdown {

    private static final String SIGNS = "_*`[";

    private final String source;
    private final StringBuilder text = new StringBuilder();
    private final List<Entity> entities = new ArrayList<>();
    private int at;

    private LegacyMarkdown(String source) {
        this.source = source;
    }

    static FormattedText parse(String source) throws UnreadableText {
        var parser = new LegacyMarkdown(source);
        while (parser.at < source.length()) {
            parser.step();
        }
        return new FormattedText(parser.text.toString(), parser.entities);
    }

    private void step() throws UnreadableText {
        char c = source.charAt(at);
        if (c == '\\' && at + 1 < source.length() && SIGNS.indexOf(source.charAt(at + 1)) >= 0) {
            text.append(source.charAt(at + 1));
            at += 2;
        } else if (SIGNS.indexOf(c) < 0) {
            text.append(c);
            at++;
        } else if (source.startsWith("```", at)) {
            pre();
        } else if (c == '[') {
            link();
        } else {
            marked(c == '_' ? EntityType.ITALIC : c == '*' ? EntityType.BOLD : EntityType.CODE, c);
        }
    }

    private void marked(EntityType type, char sign) throws UnreadableText {
        int end = endOf(String.valueOf(sign), at + 1);
        add(type, source.substring(at + 1, end), null);
        at = end + 1;
    }

    private void pre() throws UnreadableText {
        int end = endOf("```", at + 3);
        var inside = source.substring(at + 3, end);
        int line = 0;
        while (line < inside.length() && !Character.isWhitespace(inside.charAt(line))) {
            line++;
        }
        var language = line > 0 && line < inside.length() ? inside.substring(0, line) : null;
        var body = language == null ? inside : inside.substring(line);
        add(EntityType.PRE, body.startsWith("\n") ? body.substring(1) : body, language);
        at = end + 3;
    }

    private void link() throws UnreadableText {
        int end = endOf("]", at + 1);
        var label = source.substring(at + 1, end);
        var address = label;
        int after = end + 1;
        if (after < source.length() && source.charAt(after) == '(') {
            int closing = endOf(")", after + 1);
            address = source.substring(after + 1, closing);
            after = closing + 1;
        }
        int offset = text.length();
        text.append(label);
        Links.entity(address, offset, label.length()).ifPresent(entities::add);
        at = after;
    }

    private int endOf(String sign, int from) throws UnreadableText {
        int end = source.indexOf(sign, from);
        if (end < 0) {
            throw UnreadableText.at("Can't find end of the entity starting", source, at);
        }
        return end;
    }

    private void add(EntityType type, String inside, @Nullable String argument) {
        if (!inside.isEmpty()) {
            entities.add(new Entity(type, text.length(), inside.length(), argument));
        }
        text.append(inside);
    }
}
