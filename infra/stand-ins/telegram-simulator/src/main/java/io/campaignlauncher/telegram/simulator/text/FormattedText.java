package io.campaignlauncher.telegram.simulator.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A text with its entities, the outer ones first. */
public record FormattedText(String text, List<Entity> entities) {

    private static final Comparator<Entity> OUTER_FIRST = Comparator.comparingInt(Entity::offset)
            .thenComparing(Entity::length, Comparator.reverseOrder()).thenComparing(Entity::type);

    public static final FormattedText EMPTY = new FormattedText("", List.of());

    public FormattedText {
        entities = entities.stream().sorted(OUTER_FIRST).toList();
    }

    /** Without blanks around, and with entities cut to what is left of the text. */
    FormattedText stripped() {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        var kept = new ArrayList<Entity>();
        for (var entity : entities) {
            int begin = Math.max(entity.offset(), from);
            int end = Math.min(entity.end(), to);
            if (begin < end) {
                kept.add(new Entity(entity.type(), begin - from, end - begin, entity.argument()));
            }
        }
        return new FormattedText(text.substring(from, to), kept);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    FormattedText with(List<Entity> further) {
        var all = new ArrayList<>(entities);
        all.addAll(further);
        return new FormattedText(text, all);
    }
}
