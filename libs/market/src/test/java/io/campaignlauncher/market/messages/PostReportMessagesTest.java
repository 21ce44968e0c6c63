package io.campaignlauncher.market.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.schemas.PostedMessage;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a report of the posting service says to the marketplace. */
class PostReportMessagesTest {

    private static final UUID TARGET = new UUID(1, 1);
    private static final Instant AT = Instant.parse("2026-01-02T00:00:00Z");
    private static final Set<PostOutcome> OF_NO_EFFECT = EnumSet.of(PostOutcome.STARTED, PostOutcome.NOT_MADE,
            PostOutcome.CHANNEL_HELD, PostOutcome.UNKNOWN);

    @Test
    void each_outcome_is_the_report_of_the_one_start() {
        var message = new PostedMessage(-1_001L, 7L, "https://t.me/c/1/7");
        assertThat(command(PostOutcome.POSTED, "x", message)).hasValue(new MarketCommand.ReportPosted(TARGET, 1,
                new Message(-1_001L, 7, "https://t.me/c/1/7")));
        assertThat(command(PostOutcome.UNCLEAR, "x", null)).hasValue(new MarketCommand.ReportUnknown(TARGET, 1, "x"));
        assertThat(command(PostOutcome.ASKED, "x", null)).hasValue(new MarketCommand.ReportAsked(TARGET, 1, "x"));
        assertThat(command(PostOutcome.FAILED, "x", null)).hasValue(new MarketCommand.ReportFailed(TARGET, 1, "x"));
        assertThat(command(PostOutcome.LAST_LOOK_OK, "x", message))
                .hasValue(new MarketCommand.ReportLastLook(TARGET, AT, true));
        assertThat(command(PostOutcome.GONE, "x", null))
                .hasValue(new MarketCommand.ReportLastLook(TARGET, AT, false));
        assertThat(command(PostOutcome.ROLLED_BACK, "x", null))
                .hasValue(new MarketCommand.ReportRolledBack(TARGET, "x"));
    }

    @Test
    void what_the_posting_service_does_by_itself_is_nothing_to_the_marketplace() {
        OF_NO_EFFECT.forEach(outcome -> assertThat(command(outcome, "x", null)).as("%s", outcome).isEmpty());
    }

    @Test
    void a_report_of_a_post_says_where_it_is() {
        assertThatThrownBy(() -> command(PostOutcome.POSTED, "x", null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_words_for_people_are_never_empty_and_have_a_bound() {
        assertThat(PostReportMessages.text(" ")).isEqualTo("not said");
        assertThat(PostReportMessages.text("x".repeat(700))).hasSize(500);
    }

    private static Optional<MarketCommand> command(PostOutcome outcome, String detail,
            @Nullable PostedMessage message) {
        return PostReportMessages.command(PostReported.newBuilder().setPostJobId(new UUID(1, 2).toString())
                .setTargetId(TARGET.toString()).setOutcome(outcome).setMessage(message).setDetail(detail).setAt(AT)
                .build());
    }
}
