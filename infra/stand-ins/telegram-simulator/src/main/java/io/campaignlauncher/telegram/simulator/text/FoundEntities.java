package io.campaignlauncher.telegram.simulator.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What Telegram finds in a text by itself: addresses, mentions, hashtags, e-mail addresses. Commands and phone numbers are left out. */
final class FoundEntities {

    private static final List<Kind> KINDS = List.of(
            new Kind(EntityType.URL, Pattern.compile("(?<![\\w@./-])https?://[^\\s<>\"«»]*[\\w/#=&-]",
                    Pattern.CASE_INSENSITIVE)),
            new Kind(EntityType.EMAIL, Pattern.compile("(?<![\\w.+-])[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+")),
            new Kind(EntityType.MENTION, Pattern.compile("(?<![\\w@/.])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\\w)")),
            new Kind(EntityType.HASHTAG,
                    Pattern.compile("(?<![\\p{L}\\p{N}_#])#(?=[\\p{N}_]*\\p{L})[\\p{L}\\p{N}_]{1,256}")));

    private record Kind(EntityType type, Pattern pattern) {}

    private FoundEntities() {}

    static FormattedText addedTo(FormattedText text) {
        var found = new ArrayList<Entity>();
        for (var kind : KINDS) {
            var matcher = kind.pattern().matcher(text.text());
            while (matcher.find()) {
                var one = new Entity(kind.type(), matcher.start(), matcher.end() - matcher.start(), null);
                if (text.entities().stream().noneMatch(other -> other.type().isOpaque() && overlap(one, other))
                        && found.stream().noneMatch(other -> overlap(one, other))) {
                    found.add(one);
                }
            }
        }
        return found.isEmpty() ? text : text.with(found);
    }

    private static boolean overlap(Entity one, Entity other) {
        return one.offset() < other.end() && other.offset() < one.end();
    }
}
