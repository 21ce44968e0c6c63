package io.campaignlauncher.telegram.simulator.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parse mode MarkdownV2, without custom emoji: entities nest, and most signs must be escaped. */
final class MarkdownV2 {

    private static final String RESERVED = "_*[]()~`>#+-=|{}.!";

    private final String source;
    private final StringBuilder text = new StringBuilder();
    private final List<Entity> entities = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;

    private record Open(EntityType type, int offset, int sourceIndex, @Nullable String argument) {

        String nameInErrors() {
            return type == EntityType.PRE && argument != null ? "PreCode" : type.nameInErrors();
        }
    }

    private MarkdownV2(String source) {
        this.source = source;
    }

    static FormattedText parse(String source) throws UnreadableText {
        var parser = new MarkdownV2(source);
        while (parser.at < source.length()) {
            parser.step();
        }
        if (parser.inQuote()) {
            parser.endQuote();
        }
        if (!parser.open.isEmpty()) {
            throw parser.unended(parser.open.element());
        }
        return new FormattedText(parser.text.toString(), parser.entities);
    }

    private void step() throws UnreadableText {
        char c = source.charAt(at);
        if (c == '\\' && at + 1 < source.length() && source.charAt(at + 1) > 0 && source.charAt(at + 1) <= 126) {
            text.append(source.charAt(at + 1));
            at += 2;
            return;
        }
        var top = open.peek();
        if (top != null && isEnd(top)) {
            end(open.pop());
            return;
        }
        var verbatim = top != null && (top.type() == EntityType.CODE || top.type() == EntityType.PRE);
        if (verbatim || RESERVED.indexOf(c) < 0) {
            plain(c, verbatim);
        } else {
            begin(c);
        }
    }

    private void plain(char c, boolean verbatim) throws UnreadableText {
        var endsQuote = c == '\n' && !verbatim && inQuote() && !(at + 1 < source.length()
                && source.charAt(at + 1) == '>');
        if (endsQuote) {
            expandIfMarked();
        }
        text.append(c);
        at++;
        if (endsQuote) {
            endQuote();
        }
    }

    private boolean isEnd(Open top) {
        return switch (top.type()) {
            case BOLD -> is("*");
            case ITALIC -> is("_") && !is("__");
            case CODE -> is("`");
            case PRE -> is("```");
            case TEXT_LINK -> is("]");
            case UNDERLINE -> is("__");
            case STRIKETHROUGH -> is("~");
            case SPOILER -> is("||");
            case BLOCKQUOTE, EXPANDABLE_BLOCKQUOTE, TEXT_MENTION, MENTION, HASHTAG, URL, EMAIL -> false;
        };
    }

    private boolean is(String sign) {
        return source.startsWith(sign, at);
    }

    private void end(Open ended) throws UnreadableText {
        at += switch (ended.type()) {
            case PRE -> 3;
            case UNDERLINE, SPOILER -> 2;
            default -> 1;
        };
        int length = text.length() - ended.offset();
        if (ended.type() == EntityType.TEXT_LINK) {
            var address = at < source.length() && source.charAt(at) == '(' ? address()
                    : text.substring(ended.offset());
            Links.entity(address, ended.offset(), length).ifPresent(entities::add);
        } else if (length > 0) {
            entities.add(new Entity(ended.type(), ended.offset(), length, ended.argument()));
        }
    }

    /** What stands in brackets after a link's text. */
    private String address() throws UnreadableText {
        int begin = at + 1;
        var address = new StringBuilder();
        for (int i = begin; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == ')') {
                at = i + 1;
                return address.toString();
            }
            if (c == '\\' && i + 1 < source.length()) {
                i++;
            }
            address.append(source.charAt(i));
        }
        throw UnreadableText.at("Can't find end of a URL", source, begin);
    }

    private void begin(char c) throws UnreadableText {
        if (c == '>' && (text.isEmpty() || text.charAt(text.length() - 1) == '\n')) {
            if (!inQuote()) {
                push(EntityType.BLOCKQUOTE, 0, null);
            }
            at++;
        } else if (is("__")) {
            push(EntityType.UNDERLINE, 2, null);
        } else if (c == '_') {
            push(EntityType.ITALIC, 1, null);
        } else if (c == '*') {
            push(EntityType.BOLD, 1, null);
        } else if (c == '~') {
            push(EntityType.STRIKETHROUGH, 1, null);
        } else if (is("||")) {
            push(EntityType.SPOILER, 2, null);
        } else if (c == '[') {
            push(EntityType.TEXT_LINK, 1, null);
        } else if (is("```")) {
            beginPre();
        } else if (c == '`') {
            push(EntityType.CODE, 1, null);
        } else {
            throw new UnreadableText("Character '" + c + "' is reserved and must be escaped with the preceding '\\'");
        }
    }

    private void beginPre() {
        int end = at + 3;
        while (end < source.length() && source.charAt(end) != '`' && !Character.isWhitespace(source.charAt(end))) {
            end++;
        }
        var named = end > at + 3 && end < source.length() && source.charAt(end) != '`';
        var language = named ? source.substring(at + 3, end) : null;
        push(EntityType.PRE, 3 + (named ? end - at - 3 : 0), language);
        if (at < source.length() && source.charAt(at) == '\n') {
            at++;
        }
    }

    private void push(EntityType type, int signLength, @Nullable String argument) {
        open.push(new Open(type, text.length(), at, argument));
        at += signLength;
    }

    private boolean inQuote() {
        return open.stream().anyMatch(MarkdownV2::isQuote);
    }

    private static boolean isQuote(Open one) {
        return one.type() == EntityType.BLOCKQUOTE || one.type() == EntityType.EXPANDABLE_BLOCKQUOTE;
    }

    /** A spoiler that begins where a quote ends asks for a quote that can be expanded. */
    private void expandIfMarked() {
        var top = open.peek();
        if (top == null || top.type() != EntityType.SPOILER || top.offset() != text.length()) {
            return;
        }
        open.pop();
        var quote = open.peek();
        if (quote != null && isQuote(quote)) {
            open.pop();
            open.push(new Open(EntityType.EXPANDABLE_BLOCKQUOTE, quote.offset(), quote.sourceIndex(), null));
        } else {
            open.push(top);
        }
    }

    private void endQuote() throws UnreadableText {
        expandIfMarked();
        var top = open.element();
        if (!isQuote(top)) {
            throw unended(top);
        }
        open.pop();
        int length = text.length() - top.offset();
        if (length > 0) {
            entities.add(new Entity(top.type(), top.offset(), length, null));
        }
    }

    private UnreadableText unended(Open one) {
        return UnreadableText.at("Can't find end of " + one.nameInErrors() + " entity", source, one.sourceIndex());
    }
}
