package io.campaignlauncher.console.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What is noted, with words for people, in the order of a form. */
    private static final Map<String, String> KINDS = kinds();
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

    private static Map<String, String> kinds() {
        var kinds = new LinkedHashMap<String, String>();
        kinds.put("job.cancel", "Stopped a launch");
        kinds.put("rollback.decide", "Decided whether a launch is taken back");
        kinds.put("job.reschedule", "Moved the start of a launch");
        kinds.put("job.preview", "Looked at what a launch would make");
        kinds.put("kill-switch.turn", "Turned a kill switch");
        kinds.put("credential.store", "Stored an access token");
        kinds.put("credential.delete", "Removed an access token");
        kinds.put("media.upload", "Uploaded an image or a video");
        kinds.put("webhook.register", "Registered a webhook");
        kinds.put("webhook.rotate", "Changed the secret of a webhook");
        kinds.put("webhook.delete", "Removed a webhook");
        kinds.put("access", "Was refused");
        return kinds;
    }

    /** What a form offers: as the audit has it, with words for people. */
    public static Map<String, String> allKinds() {
        return KINDS;
    }

    /** @param entry of {@code GET /v1/audit} */
    static AuditLine of(JsonNode entry) {
        var action = Launches.text(entry, "action");
        var actor = Launches.text(entry, "actor").split("/", 2);
        var outcome = Launches.text(entry, "outcome").split(": ", 2);
        var more = outcome.length == 2 ? outcome[1] : "";
        var subject = Launches.text(entry, "subject");
        return new AuditLine(Launches.text(entry, "at"), actor[0], actor.length == 2 ? actor[1] : "",
                entry.path("roles").valueStream().map(JsonNode::asString).map(role -> role.replace('_', ' '))
                        .collect(Collectors.joining(", ")),
                Launches.text(entry, "tenant"), action, what(action, subject, more), about(action, subject),
                address(action, subject), Outcome.of(outcome[0]), rest(action, more), entry.path("times").asInt(1),
                Launches.text(entry, "traceId"));
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
        return KINDS.getOrDefault(action, action);
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
