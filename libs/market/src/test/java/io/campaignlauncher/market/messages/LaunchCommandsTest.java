package io.campaignlauncher.market.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RequestRules;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.schemas.FacebookLaunch;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.MarketCause;
import io.campaignlauncher.schemas.PostingStarted;
import io.campaignlauncher.schemas.TargetKeys;
import io.campaignlauncher.schemas.TargetPlace;
import io.campaignlauncher.schemas.TelegramPost;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the job-service is asked for. */
class LaunchCommandsTest {

    private static final UUID TARGET = new UUID(7, 8);
    private static final String LAUNCH = """
            {"credentialId":"default","strategy":"FOR_ALL","adSetCount":2,"priority":3,
             "campaign":{"name":" Otters ","objective":"OUTCOME_TRAFFIC","specialAdCategories":[]},
             "adSet":{"dailyBudget":2000,"billingEvent":"IMPRESSIONS","optimizationGoal":"REACH",
                      "targeting":{"radius":12345678901234567890.125}},
             "ad":{"creative":{"object_story_spec":{"page_id":"1"}}}}""";

    @Test
    void the_launch_is_the_advertisers_and_its_key_is_made_from_the_target() {
        var command = LaunchCommands.command(started(1, "ann"));

        assertThat(command.getIdempotencyKey()).isEqualTo(TargetKeys.of(TARGET));
        assertThat(command.getTenant()).isEqualTo("acme");
        assertThat(command.getOwner()).isEqualTo("ann");
        assertThat(command.getUserId()).isEqualTo("ann");
        assertThat(command.getAdAccountId()).isEqualTo("act_1001");
        assertThat(command.getCredentialId()).isEqualTo("default");
        assertThat(command.getCampaign().getName()).isEqualTo("Otters");
        assertThat(command.getAdSet().getTargeting()).isEqualTo("{\"radius\":12345678901234567890.125}");
        assertThat(command.getPriority()).isEqualTo(3);
        assertThat(RequestRules.violations(LaunchRequests.fromCommand(command))).isEmpty();
        assertThat(LaunchRequests.toAvro(LaunchRequests.fromCommand(command))).as("in canonical form")
                .isEqualTo(command);
    }

    @Test
    void whichever_start_it_is_it_is_one_job() {
        assertThat(JobIds.of(LaunchCommands.command(started(2, "ann"))))
                .isEqualTo(JobIds.of(LaunchCommands.command(started(1, "ann"))))
                .isEqualTo(JobIds.of("acme", "ann", TargetKeys.of(TARGET)));
    }

    @Test
    void what_goes_to_telegram_is_no_launch() {
        var started = PostingStarted.newBuilder(started(1, null))
                .setPlace(new TargetPlace(new TelegramPost("c", "Buy", null, null, null), null)).build();

        assertThat(LaunchCommands.command(started)).isNull();
    }

    @Test
    void every_mistake_is_named_by_its_path_in_the_targets_body() {
        var launch = (ObjectNode) JsonMapper.shared().readTree(LAUNCH);
        assertThat(LaunchCommands.violations(TARGET, new Ownership("acme", "ann"), "act_1001", launch)).isEmpty();
        launch.put("adAccountId", "act_1").put("retryBudget", -1).put("x", true)
                .put("startAt", "2027-01-01T00:00:00Z").putObject("ad");

        assertThat(LaunchCommands.violations(TARGET, new Ownership("acme", "ann"), "1001", launch))
                .extracting(Violation::field).containsExactlyInAnyOrder("launch.adAccountId", "adAccountId",
                        "launch.startAt", "launch.retryBudget", "launch.x", "launch.ad.creative");
    }

    @Test
    void a_list_of_ad_sets_is_a_launch_too_and_one_that_is_too_large_is_none() {
        var launch = ((ObjectNode) JsonMapper.shared().readTree(LAUNCH)).put("strategy", "AS_LISTED");
        launch.remove("adSetCount");
        var adSets = launch.putArray("adSets");
        for (int i = 1; i <= 200; i++) {
            adSets.addObject().put("dailyBudget", i).putArray("ads").addObject();
        }
        var advertiser = new Ownership("acme", "ann");
        assertThat(LaunchCommands.violations(TARGET, advertiser, "act_1001", launch)).isEmpty();

        ((ObjectNode) launch.get("adSet")).putObject("targeting").put("a", "y".repeat(10_000));
        assertThat(LaunchCommands.violations(TARGET, advertiser, "act_1001", launch)).extracting(Violation::field)
                .containsExactly("launch.request");
    }

    private static PostingStarted started(int attempt, @Nullable String advertiserId) {
        return PostingStarted.newBuilder().setTargetId(TARGET.toString()).setAttempt(attempt)
                .setBy(new MarketCause("system", "system", "acme", "c-1"))
                .setPlace(new TargetPlace(null, new FacebookLaunch("act_1001", LAUNCH, null)))
                .setAdvertiserId(advertiserId).build();
    }
}
