package io.campaignlauncher.moderation.posts;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.JobRolledBack;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What the end of a job says of the target whose launch it is. */
class LaunchEndsTest {

    private static final UUID TARGET = new UUID(1, 2);
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void a_job_that_has_completed_has_posted_and_looked_at_it() {
        assertThat(commands(new JobCompleted("j", "120000000000001", 1, 1))).containsExactly(
                new MarketCommand.ReportPosted(TARGET, 1, new Message(1001, 120_000_000_000_001L,
                        "https://adsmanager.facebook.com/adsmanager/manage/campaigns?act=1001&selected_campaign_ids="
                                + "120000000000001")),
                new MarketCommand.ReportLastLook(TARGET, AT, true));
    }

    @Test
    void a_campaign_without_a_number_waits_for_a_person() {
        assertThat(commands(new JobCompleted("j", "", 1, 1))).singleElement()
                .isInstanceOf(MarketCommand.ReportUnknown.class);
    }

    @Test
    void a_job_of_which_nothing_exists_any_more_is_rolled_back() {
        assertThat(commands(new JobRolledBack("j", "suspended")))
                .containsExactly(new MarketCommand.ReportRolledBack(TARGET, "suspended"));
    }

    @Test
    void a_job_that_created_nothing_has_failed() {
        assertThat(commands(new JobFailed("j", List.of("no page", "no pixel"), true)))
                .containsExactly(new MarketCommand.ReportFailed(TARGET, 1, "no page; no pixel"));
    }

    @Test
    void of_a_job_that_failed_later_or_long_ago_nobody_knows_what_is_left() {
        assertThat(commands(new JobFailed("j", List.of("in part only", "left: campaign 7"), false))).containsExactly(
                new MarketCommand.ReportUnknown(TARGET, 1,
                        "something of it may exist: in part only; left: campaign 7"));
    }

    @Test
    void what_is_no_end_says_nothing() {
        assertThat(commands(JobAccepted.newBuilder().build())).isEmpty();
    }

    private static List<MarketCommand> commands(SpecificRecord event) {
        return LaunchEnds.commands(TARGET, "act_1001", event, AT);
    }
}
