package io.campaignlauncher.console.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What we know of a launch, what our tables say, and what Facebook showed when somebody had it looked at.
 *
 * @param state   of the look that was asked for last: {@code none}, {@code looking}, {@code looked}, {@code failed}
 * @param reason  why it failed; empty: it did not
 * @param retryAt before it another would fail as well; empty: not known
 * @param seen    what the last one that did not fail found; null: there was none
 */
public record Look(String jobId, String name, String state, String at, String by, String reason, String retryAt,
        @Nullable Seen seen) {

    /** Rows of a page. */
    static final int ROWS_MAX = 100;

    /**
     * What was found.
     *
     * @param age       how long ago it was, in words
     * @param all       whether what agrees is shown as well
     * @param rows      of this page
     * @param from      where this page begins, from 0
     * @param rowsInAll on all pages
     * @param total     slots of the launch
     * @param lagsUntil reads may miss what was created last until then; empty: they show everything
     * @param tablesBehind events that our tables did not have yet
     */
    public record Seen(String at, String age, String by, boolean all, List<Row> rows, int from, int rowsInAll,
            int total,
            int differing, int unread, boolean settled, String lagsUntil, long tablesBehind, List<String> notRead,
            List<String> jobRow) {

        public Seen {
            rows = List.copyOf(rows);
            notRead = List.copyOf(notRead);
            jobRow = List.copyOf(jobRow);
        }

        /** What came of it, in one sentence. */
        public String sentence() {
            if (differing > 0) {
                return Story.counted(differing, "thing") + (differing == 1 ? " differs." : " differ.");
            }
            return !jobRow.isEmpty() ? "Facebook agrees; our own tables do not."
                    : unread > 0 ? "What could be read agrees."
                            : "Everything agrees: what we know, our tables, and Facebook.";
        }

        public boolean agrees() {
            return differing == 0 && unread == 0 && jobRow.isEmpty();
        }

        /** The query of the page before; empty: this is the first one. */
        public String previous() {
            return from == 0 ? "" : query(Math.max(0, from - ROWS_MAX));
        }

        /** The query of the next page; empty: this is the last one. */
        public String next() {
            return from + ROWS_MAX < rowsInAll ? query(from + ROWS_MAX) : "";
        }

        private String query(int start) {
            return "?" + (all ? "all=1&" : "") + "from=" + start;
        }
    }

    /** A slot, or something that no slot knows. @param known null: no slot knows it @param tables null: no row */
    public record Row(String what, String name, @Nullable Held known, @Nullable Held tables, boolean sameInTables,
            OnFacebook facebook, List<String> differences) {

        public Row {
            differences = List.copyOf(differences);
        }
    }

    /** What is known of it here. */
    public record Held(State state, String facebookId) {}

    /** @param status in words; empty: not told */
    public record OnFacebook(Shown shown, String id, String status, String reason) {}

    /**
     * @param answer of {@code GET /v1/jobs/{jobId}/looks}
     * @param name   of the launch
     * @param all    whether what agrees is shown as well
     * @param from   where the page begins
     */
    public static Look of(JsonNode answer, String name, boolean all, int from, Instant now) {
        var jobId = Launches.text(answer, "jobId");
        var seen = answer.path("look");
        return new Look(jobId, name.isEmpty() ? "Launch " + jobId.substring(0, Math.min(8, jobId.length())) : name,
                Launches.text(answer, "state"), Launches.text(answer, "at"), Launches.text(answer, "by"),
                Launches.text(answer, "reason"), Launches.text(answer, "retryAt"),
                seen.isObject() ? seen(seen, all, from, now) : null);
    }

    public boolean isUnderWay() {
        return state.equals("looking");
    }

    public boolean isFailed() {
        return state.equals("failed");
    }

    private static Seen seen(JsonNode seen, boolean all, int from, Instant now) {
        var lagsUntil = Launches.text(seen, "readsLagUntil");
        var rows = new ArrayList<Row>();
        seen.path("others").valueStream().map(Look::other).forEach(rows::add);
        seen.path("slots").valueStream().filter(slot -> all || isTold(slot)).map(Look::slot).forEach(rows::add);
        int start = from < rows.size() ? Math.max(0, from) : 0;
        var version = seen.path("tablesVersion");
        var at = Launches.text(seen, "at");
        return new Seen(at, Ago.words(at, now), Launches.text(seen, "by"), all,
                rows.subList(start, Math.min(rows.size(), start + ROWS_MAX)), start, rows.size(),
                seen.path("slots").size(), seen.path("differing").asInt(0),
                (int) seen.path("slots").valueStream().filter(Look::isUnread).count(),
                seen.path("settled").asBoolean(false), lagsUntil,
                version.isNumber() ? Math.max(0, seen.path("jobVersion").asLong(0) - version.asLong(0)) : 0,
                texts(seen.path("notRead")), texts(seen.path("jobRowDiffers")));
    }

    /** Where only differences are shown. */
    private static boolean isTold(JsonNode slot) {
        return !slot.path("differs").isEmpty() || isUnread(slot);
    }

    private static boolean isUnread(JsonNode slot) {
        return Launches.text(slot.path("facebook"), "state").equals("not_readable");
    }

    private static Row slot(JsonNode slot) {
        var known = held(slot.path("known"));
        var tables = slot.path("tables").isObject() ? held(slot.path("tables")) : null;
        var type = Launches.text(slot, "entityType");
        var what = type.equals("campaign") ? "Campaign" : kind(type) + " " + slot.path("slotNumber").asInt(0);
        var differences = slot.path("differs").valueStream().map(differs -> sentence(differs, type)).toList();
        return new Row(what, Launches.text(slot.path("known"), "name"), known, tables,
                Objects.equals(slot.path("known"), slot.path("tables")),
                onFacebook(slot.path("facebook"), known.state() == State.CREATED), differences);
    }

    private static Row other(JsonNode other) {
        return new Row(kind(Launches.text(other, "entityType")), Launches.text(other, "name"), null, null, false,
                new OnFacebook(Shown.THERE, Launches.text(other, "id"), status(other), ""),
                List.of(whose(Launches.text(other, "hint"))));
    }

    private static String whose(String hint) {
        return hint.startsWith("bears") ? "A second campaign of this launch: it bears its label, and we do not know it."
                : hint.startsWith("named like") ? "We do not know it, though it is " + hint.replace('_', ' ') + "."
                        : "We do not know it: somebody else put it into the campaign.";
    }

    private static Held held(JsonNode held) {
        return new Held(State.of(Launches.text(held, "status")), Launches.text(held, "facebookId"));
    }

    private static OnFacebook onFacebook(JsonNode facebook, boolean isWanted) {
        return new OnFacebook(Shown.of(Launches.text(facebook, "state"), isWanted), Launches.text(facebook, "id"),
                status(facebook), Launches.text(facebook, "reason"));
    }

    /** What it is shown as where that is told, else what it was set to. */
    private static String status(JsonNode entity) {
        var shown = Launches.text(entity, "effectiveStatus");
        return words(shown.isEmpty() ? Launches.text(entity, "status") : shown);
    }

    private static String words(String status) {
        return status.equals("ACTIVE") ? "on" : status.toLowerCase(Locale.ROOT).replace('_', ' ')
                .replace("adset", "ad set");
    }

    private static String kind(String type) {
        return switch (type) {
            case "campaign" -> "Campaign";
            case "ad_set" -> "Ad set";
            case "ad" -> "Ad";
            default -> "Something";
        };
    }

    private static String sentence(JsonNode differs, String type) {
        var is = Launches.text(differs, "is");
        return switch (Launches.text(differs, "what")) {
            case "missing" -> "It is not on Facebook any more.";
            case "not_shown_yet" -> "Facebook does not show it yet: reads lag behind what was just made.";
            case "still_there" -> "It was taken back, and Facebook still has it.";
            case "name" -> "Its name there is “" + is + "”.";
            case "parent" -> "It is in another " + (type.equals("ad") ? "ad set" : "campaign") + " there: " + is + ".";
            case "status" -> "Somebody " + (is.equals("ACTIVE") ? "turned it on" : "set it to " + words(is))
                    + "; it was made " + words(Launches.text(differs, "should")) + ".";
            case "tables" -> is.isEmpty() ? "Our tables have no such row."
                    : "Our tables say something else: " + is.replace('_', ' ') + ".";
            default -> "It differs in a way that this page has no words for.";
        };
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
