package io.campaignlauncher.simulator.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The parameter {@code fields}: {@code a,b{c,d},edge.limit(5){id}}. */
record FieldSelection(List<Field> fields) {

    static final FieldSelection ID = new FieldSelection(List.of(new Field("id", 0, List.of())));

    /** One field, with what is asked of it; a limit of 0 is the usual one. */
    record Field(String name, int limit, List<Field> inner) {

        FieldSelection selection() {
            return inner.isEmpty() ? ID : new FieldSelection(inner);
        }
    }

    private static final int DEPTH_MAX = 5;

    /** Keeps the latest selections, as clients send the same few again and again. */
    static final class Cache {

        private final Map<String, FieldSelection> kept = new Latest<>(256);

        FieldSelection of(String text) {
            var known = kept.get(text);
            if (known == null) {
                known = parse(text);
                kept.put(text, known);
            }
            return known;
        }
    }

    static FieldSelection parse(String text) {
        var parser = new Parser(text);
        var fields = parser.list(0);
        if (parser.position != text.length()) {
            throw syntax(text);
        }
        return fields.isEmpty() ? ID : new FieldSelection(fields);
    }

    private static GraphRefusal syntax(String text) {
        return GraphRefusal.of(400, 2500, null, "Syntax error \"Expected end of string\" in fields: " + text);
    }

    private static final class Parser {

        private final String text;
        private int position;

        Parser(String text) {
            this.text = text;
        }

        List<Field> list(int depth) {
            if (depth > DEPTH_MAX) {
                throw syntax(text);
            }
            var fields = new ArrayList<Field>();
            var seen = new HashSet<String>();
            while (position < text.length() && text.charAt(position) != '}') {
                if (text.charAt(position) == ',' || text.charAt(position) == ' ') {
                    position++;
                    continue;
                }
                var field = field(depth);
                if (!seen.add(field.name())) {
                    throw GraphRefusal.of(400, 2500, null, "Syntax error \"Field " + field.name()
                            + " specified more than once. This is only possible before version 2.1\"");
                }
                fields.add(field);
            }
            return List.copyOf(fields);
        }

        private Field field(int depth) {
            var name = word();
            int limit = 0;
            while (position < text.length() && text.charAt(position) == '.') {
                position++;
                var modifier = word();
                int end = text.indexOf(')', position);
                if (position >= text.length() || text.charAt(position) != '(' || end < 0) {
                    throw syntax(text);
                }
                if (modifier.equals("limit")) {
                    limit = (int) Math.min(5000, Ids.number(text.substring(position + 1, end)));
                }
                position = end + 1;
            }
            List<Field> inner = List.of();
            if (position < text.length() && text.charAt(position) == '{') {
                position++;
                inner = list(depth + 1);
                if (position >= text.length()) {
                    throw syntax(text);
                }
                position++;
            }
            return new Field(name, limit, inner);
        }

        private String word() {
            int from = position;
            while (position < text.length() && (Character.isLetterOrDigit(text.charAt(position)) || text.charAt(
                    position) == '_')) {
                position++;
            }
            if (position == from) {
                throw syntax(text);
            }
            return text.substring(from, position);
        }
    }
}
