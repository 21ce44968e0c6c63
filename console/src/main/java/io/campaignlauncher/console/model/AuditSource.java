package io.campaignlauncher.console.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Whose audit is looked at: each service has its own. */
public enum AuditSource {
    /** What the job-service noted. */
    LAUNCHES("", "Launches", List.of("actor", "action", "subject", "from", "to")),
    /** What the moderation-service did. */
    MARKET("market", "Marketplace", List.of("actor", "targetId")),
    /** What the identity-service noted. */
    PEOPLE("people", "People", List.of("actor", "action", "subject", "from", "to"));

    private final String word;
    private final String label;
    private final List<String> asked;

    AuditSource(String word, String label, List<String> asked) {
        this.word = word;
        this.label = label;
        this.asked = asked;
    }

    /** @param word of an address; what is none means launches */
    public static AuditSource of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst().orElse(LAUNCHES);
    }

    /** By which an address names it; empty: by nothing. */
    public String word() {
        return word;
    }

    public String label() {
        return label;
    }

    /** What its lines may be asked by. */
    public List<String> asked() {
        return asked;
    }

    /** What a form offers: as the audit has it, with words for people; empty: its lines are not asked for by that. */
    public Map<String, String> actions() {
        return switch (this) {
            case LAUNCHES -> AuditWords.LAUNCHES;
            case PEOPLE -> AuditWords.PEOPLE;
            case MARKET -> Map.of();
        };
    }

    public String address() {
        return word.isEmpty() ? AuditPage.ADDRESS : AuditPage.ADDRESS + "?of=" + word;
    }
}
