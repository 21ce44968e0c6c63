package io.campaignlauncher.tools.audit;

import io.campaignlauncher.schemas.AuditEntry;
import io.campaignlauncher.tools.events.TimeRange;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of the audit somebody asks for.
 *
 * @param tenant null: of all
 * @param actor  the subject of a user, whose keys count as well; null: whoever
 * @param action null: whatever
 */
public record AuditFilter(TimeRange range, @Nullable String tenant, @Nullable String actor, @Nullable String action) {

    private static final char BEFORE_KEY = '/';

    public boolean covers(AuditEntry entry) {
        return range.contains(entry.getAt()) && (tenant == null || tenant.equals(entry.getTenant()))
                && (action == null || action.equals(entry.getAction())) && isBy(entry.getActor());
    }

    private boolean isBy(String who) {
        return actor == null || who.equals(actor) || who.startsWith(actor + BEFORE_KEY);
    }

    /** What it leaves out but by time, in words; null: nothing. */
    @Nullable
    String only() {
        var words = new ArrayList<String>();
        add(words, "tenant", tenant);
        add(words, "actor", actor);
        add(words, "action", action);
        return words.isEmpty() ? null : String.join(", ", words);
    }

    private static void add(ArrayList<String> words, String name, @Nullable String value) {
        if (value != null) {
            words.add(name + " " + value);
        }
    }
}
