package io.campaignlauncher.console.model;

import java.util.ArrayList;
import java.util.List;

/** One of the five that every launch takes. @param stands {@code done}, {@code now}, {@code stopped} or {@code ahead} */
public record Step(String label, String stands) {

    private static final List<String> LABELS = List.of("Accepted", "Checked", "Created", "Verified");

    public boolean isNow() {
        return stands.equals("now");
    }

    /** What stands is, for those who do not see it. */
    public String word() {
        return switch (stands) {
            case "done" -> "done";
            case "now" -> "under way";
            case "stopped" -> "stopped here";
            default -> "not yet";
        };
    }

    /**
     * @param phase   of the job, as the HTTP API writes it
     * @param furthest the last step that was begun, from 0
     */
    static List<Step> of(String phase, int furthest) {
        var steps = new ArrayList<Step>();
        var ended = phase.equals("completed") || phase.equals("failed") || phase.equals("rolled_back");
        for (int i = 0; i < LABELS.size(); i++) {
            steps.add(new Step(LABELS.get(i), i < furthest || phase.equals("completed") ? "done"
                    : i > furthest ? "ahead"
                            : ended || phase.equals("rolling_back") || phase.equals("awaiting_confirmation") ? "stopped"
                                    : "now"));
        }
        steps.add(switch (phase) {
            case "completed" -> new Step("Done", "done");
            case "rolled_back" -> new Step("Taken back", "done");
            case "failed" -> new Step("Failed", "stopped");
            case "rolling_back" -> new Step("Taking back", "now");
            case "awaiting_confirmation" -> new Step("Your decision", "now");
            default -> new Step("Done", "ahead");
        });
        return List.copyOf(steps);
    }
}
