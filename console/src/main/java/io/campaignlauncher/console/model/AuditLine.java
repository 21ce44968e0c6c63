package io.campaignlauncher.console.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What somebody did, or was refused.
 *
 * @param key     the API key that they did it with; empty: none
 * @param roles   theirs then
 * @param what    in words
 * @param about   what it was done to, as the audit has it
 * @param address of a page about that; empty: there is none
 * @param more    what else is known of it, such as why; empty: nothing
 * @param times   how often it was refused
 */
public record AuditLine(String at, String actor, String key, String roles, String tenant, String action, String what,
        String about, String address, Outcome outcome, String more, int times, String traceId) {

    private static final String NOBODY = "-";
    /** The name of a rule that refused it. */
    private static final String RULE = "[A-Z_]+";
    private static final String REFUSALS = "refused|over|unknown|401|403|" + RULE;
    private static final Pattern JOB = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** What came of it: a word, and a shape and a colour beside it. */
    public enum Outcome {
        ASKED("asked", "asked for", "○", "calm"), //
        OK("ok", "done", "✓", "good"), //
        REFUSED("refused", "refused", "✕", "bad"), //
        UNKNOWN("unknown", "not known", "?", "warn");

        private final String code;
        private final String word;
        private final String shape;
        private final String tone;

        Outcome(String code, String word, String shape, String tone) {
            this.code = code;
            this.word = word;
            this.shape = shape;
            this.tone = tone;
        }

        private static Outcome of(String code) {
            return code.matches("401|403") ? REFUSED
                    : Arrays.stream(values()).filter(one -> one.code.equals(code)).findFirst().orElse(UNKNOWN);
        }

        public String word() {
            return word;
        }

        public String shape() {
            return shape;
        }

        /** A class of the style sheet. */
        public String tone() {
            return tone;
        }
    }

    static AuditLine of(AuditSource source, JsonNode entry) {
        return switch (source) {
            case LAUNCHES -> ofLaunches(entry);
            case MARKET -> ofMarket(entry);
            case PEOPLE -> ofPeople(entry);
        };
    }

    /** @param entry of {@code GET /api/admin/audit} */
    private static AuditLine ofMarket(JsonNode entry) {
        var action = Launches.text(entry, "action");
        return new AuditLine(Launches.text(entry, "at"), Launches.text(entry, "actor"), "",
                Launches.text(entry, "role").replace('_', ' '), "", action,
                AuditWords.MARKET.getOrDefault(action, action),
                Launches.text(entry, "subject").replace("target", "placement") + " "
                        + Launches.text(entry, "subjectId"),
                ofMarket(Launches.text(entry, "subject"), entry), Outcome.OK, Launches.text(entry, "reason"), 1,
                Launches.text(entry, "correlationId"));
    }

    private static String ofMarket(String subject, JsonNode entry) {
        var campaign = "/console/market/campaigns/" + Launches.text(entry, "campaignId");
        return switch (subject) {
            case "campaign" -> campaign;
            case "target" -> campaign + "/targets/" + Launches.text(entry, "subjectId");
            default -> "";
        };
    }

    /** @param entry of {@code GET /v1/audit} */
    private static AuditLine ofLaunches(JsonNode entry) {
        var action = Launches.text(entry, "action");
        var outcome = Launches.text(entry, "outcome").split(": ", 2);
        var more = outcome.length == 2 ? outcome[1] : "";
        var subject = Launches.text(entry, "subject");
        return noted(entry, what(action, subject, more), about(action, subject), address(action, subject),
                Outcome.of(outcome[0]), rest(action, more));
    }

    /** @param entry of {@code GET /api/auth/audit} */
    private static AuditLine ofPeople(JsonNode entry) {
        var action = Launches.text(entry, "action");
        var said = Launches.text(entry, "outcome");
        return noted(entry, AuditWords.PEOPLE.getOrDefault(action, action), known(entry, "subject"), "",
                said.matches(REFUSALS) ? Outcome.REFUSED : Outcome.OK,
                said.matches("ok|refused|401|403") ? "" : said.matches(RULE)
                        ? said.toLowerCase(Locale.ROOT).replace('_', ' ') : said);
    }

    /** Empty where it is nobody's. */
    private static String known(JsonNode entry, String field) {
        var text = Launches.text(entry, field);
        return text.equals(NOBODY) ? "" : text;
    }

    /** For people. */
    public String who() {
        return actor.equals(NOBODY) ? "nobody known" : actor;
    }

    private static AuditLine noted(JsonNode entry, String what, String about, String address, Outcome outcome,
            String more) {
        var actor = Launches.text(entry, "actor").split("/", 2);
        return new AuditLine(Launches.text(entry, "at"), actor[0], actor.length == 2 ? actor[1] : "",
                entry.path("roles").valueStream().map(JsonNode::asString).map(role -> role.replace('_', ' '))
                        .collect(Collectors.joining(", ")),
                known(entry, "tenant"), Launches.text(entry, "action"), what, about, address, outcome, more,
                entry.path("times").asInt(1), Launches.text(entry, "traceId"));
    }

    private static String what(String action, String subject, String more) {
        return switch (action) {
            case "kill-switch.turn" -> Switch.label(subject) + ": switched " + (more.startsWith("on") ? "on" : "off");
            case "rollback.decide" -> more.startsWith("CONFIRM") ? "Decided to take a launch back"
                    : more.startsWith("DECLINE") ? "Decided to keep what a launch has made" : known(action);
            default -> known(action);
        };
    }

    private static String known(String action) {
        return AuditWords.LAUNCHES.getOrDefault(action, action);
    }

    private static String about(String action, String subject) {
        return action.equals("kill-switch.turn") ? "" : subject;
    }

    private static String address(String action, String subject) {
        return switch (action) {
            case "job.cancel", "rollback.decide", "job.reschedule" ->
                JOB.matcher(subject).matches() ? "/console/jobs/" + subject : "";
            case "job.preview" ->
                subject.startsWith("act_") ? LaunchFilter.NONE.with("adAccountId", subject).address() : "";
            case "credential.store", "credential.delete" -> LaunchFilter.NONE.with("credentialId", subject).address();
            default -> "";
        };
    }

    /** What the words before have not said. */
    private static String rest(String action, String more) {
        return List.of("kill-switch.turn", "rollback.decide").contains(action)
                ? more.replaceFirst("^(?:on|off|CONFIRM|DECLINE)(?:, |$)", "") : more;
    }
}
