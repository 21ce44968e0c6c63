package io.campaignlauncher.market.messages;

import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.schemas.PostedMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a report of the posting service says to the marketplace. */
public final class PostReportMessages {

    /** A post is started once: whatever the posting service tries on the way is its own. */
    private static final int ATTEMPT = 1;
    private static final int TEXT_MAX = 500;

    private PostReportMessages() {}

    /**
     * Empty where nothing follows from it.
     *
     * @throws IllegalArgumentException where the report breaks its form; it names the field
     */
    public static Optional<MarketCommand> command(PostReported report) {
        var target = target(report);
        var detail = text(report.getDetail());
        return switch (report.getOutcome()) {
            case POSTED -> Optional.of(new MarketCommand.ReportPosted(target, ATTEMPT, message(report.getMessage())));
            case UNCLEAR -> Optional.of(new MarketCommand.ReportUnknown(target, ATTEMPT, detail));
            case ASKED -> Optional.of(new MarketCommand.ReportAsked(target, ATTEMPT, detail));
            case FAILED -> Optional.of(new MarketCommand.ReportFailed(target, ATTEMPT, detail));
            case LAST_LOOK_OK -> Optional.of(new MarketCommand.ReportLastLook(target, at(report), true));
            case GONE -> Optional.of(new MarketCommand.ReportLastLook(target, at(report), false));
            case ROLLED_BACK -> Optional.of(new MarketCommand.ReportRolledBack(target, detail));
            // The posting service goes on by itself: none of it is about the target.
            case STARTED, NOT_MADE, CHANNEL_HELD, UNKNOWN -> Optional.empty();
        };
    }

    private static Message message(@Nullable PostedMessage message) {
        var there = given("message", message);
        return new Message(there.getChatId(), there.getMessageId(), there.getLink());
    }

    private static Instant at(PostReported report) {
        return given("at", report.getAt());
    }

    /** @throws IllegalArgumentException where it is no id */
    public static UUID target(PostReported report) {
        try {
            return UUID.fromString(report.getTargetId());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("targetId must be a UUID", e);
        }
    }

    private static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " must be set");
        }
        return value;
    }

    /** For people, and never empty. */
    public static String text(String detail) {
        return detail.isBlank() ? "not said" : detail.length() > TEXT_MAX ? detail.substring(0, TEXT_MAX) : detail;
    }
}
