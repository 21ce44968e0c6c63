package io.campaignlauncher.console.model.market;

/** Where something of the marketplace stands: a word, and a shape and a tone of the style sheet beside it. */
public record Mark(String word, String shape, String tone) {

    private static final Mark UNKNOWN = new Mark("not known", "?", "warn");

    /** @param status as the HTTP API writes it */
    public static Mark ofCampaign(String status) {
        return switch (status) {
            case "draft" -> new Mark("draft", "○", "calm");
            case "active" -> new Mark("active", "◐", "busy");
            case "paused" -> new Mark("paused", "‖", "warn");
            case "completed" -> new Mark("completed", "✓", "good");
            case "cancelled" -> new Mark("cancelled", "✕", "calm");
            default -> UNKNOWN;
        };
    }

    public static Mark ofTarget(String status) {
        return switch (status) {
            case "draft" -> new Mark("draft", "○", "calm");
            case "submitted" -> new Mark("under review", "◐", "busy");
            case "rejected" -> new Mark("rejected", "✕", "bad");
            case "approved" -> new Mark("approved", "◐", "busy");
            case "posted" -> new Mark("posted", "✓", "good");
            case "refunded" -> new Mark("refunded", "↺", "calm");
            default -> UNKNOWN;
        };
    }

    public static Mark ofEscrow(String status) {
        return switch (status) {
            case "held" -> new Mark("held", "◐", "busy");
            case "released" -> new Mark("paid", "✓", "good");
            case "refunded" -> new Mark("refunded", "↺", "calm");
            default -> UNKNOWN;
        };
    }

    public static Mark ofPost(String status) {
        return switch (status) {
            case "queued" -> new Mark("waits", "○", "calm");
            case "posting" -> new Mark("going out", "◐", "busy");
            case "posted" -> new Mark("out", "✓", "good");
            case "failed" -> new Mark("did not go out", "✕", "bad");
            default -> UNKNOWN;
        };
    }

    public static Mark ofChannel(String status) {
        return switch (status) {
            case "ready" -> new Mark("the bot may post", "✓", "good");
            case "on_hold" -> new Mark("the bot may not post", "▲", "warn");
            default -> UNKNOWN;
        };
    }

    public static Mark ofCorrection(String status) {
        return switch (status) {
            case "proposed" -> new Mark("waits for a second person", "○", "warn");
            case "approved" -> new Mark("done", "✓", "good");
            default -> UNKNOWN;
        };
    }
}
