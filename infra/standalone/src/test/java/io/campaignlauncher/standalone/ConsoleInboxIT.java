package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.RollbackPolicy;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for a person, in a browser, with the whole system behind it. */
@OnRunningSystem
@InBrowser
class ConsoleInboxIT {

    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleInboxIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    @AfterEach
    void as_before() {
        turn("creation", true);
        system.published().deadLetters().forEach(system.published()::takeAway);
    }

    @Test
    void leads_to_what_waits_and_every_tab_says_how_many() {
        var jobId = waitingForAPerson("Spring sale");
        var page = chromium.visitor();
        page.navigate(console("/inbox"));

        assertThat(page.title()).matches("\\(\\d+\\+?\\) Needs you · Campaign Launcher");
        assertThat(page.locator("nav .waiting")).hasText(page.title().split(" ")[0]);
        page.locator("#rollback_decision a[href$='" + jobId + "']").click();
        assertThat(page.locator("#now .title .state")).isVisible();
        assertThat(page.title()).matches("\\(\\d+\\+?\\) .* · Campaign Launcher");
        assertThat(Chromium.violations(page)).isEmpty();

        decided(jobId);
        page.navigate(console("/inbox"));
        assertThat(page.locator("a[href$='" + jobId + "']")).hasCount(0);
    }

    @Test
    void is_for_everybody_and_on_every_screen_also_without_scripts() {
        var jobId = waitingForAPerson("Spring sale, with a long name that people gave it to tell it from the others");
        var other = waitingForAPerson("Autumn sale");
        var letter = UUID.randomUUID().toString();
        system.publish(new ProducerRecord<>(Topic.CAMPAIGN_COMMANDS.topicName(), letter, new byte[]{ 1, 2, 3 }));
        await().atMost(RunningSystem.PATIENCE).until(() -> !system.http().get("/v1/dead-letters?jobId=" + letter).body()
                .path("letters").isEmpty());
        turn("creation", false);

        chromium.isForEverybody(console("/inbox"), "inbox");

        var page = chromium.visitor(options -> options.setJavaScriptEnabled(false));
        page.navigate(console("/inbox"));
        assertThat(page.locator("section").first()).containsText("Creating on Facebook");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("All dead letters")).click();
        assertThat(page.locator("h1")).hasText("Dead letters");
        turn("creation", true);
        decided(jobId);
        decided(other);
    }

    private String waitingForAPerson(String name) {
        var account = system.freshAccount();
        system.fault(account, FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 2, 1);
        var request = Requests.oneFiftyOne(account, 3).setRollbackPolicy(RollbackPolicy.CONFIRM);
        request.setCampaign(CampaignSpec.newBuilder(request.getCampaign()).setName(name).build());
        system.publish(request.build());
        var jobId = RunningSystem.jobId(request.build());
        await().atMost(RunningSystem.PATIENCE).until(() -> system.http().get("/v1/attention").body().toString()
                .contains(jobId));
        return jobId;
    }

    private void decided(String jobId) {
        system.http().post("/v1/jobs/" + jobId + "/rollback", Map.of("decision", "CONFIRM", "reason", "seen"));
        system.settled(jobId);
        await().atMost(RunningSystem.PATIENCE).until(() -> !system.http().get("/v1/attention").body().toString()
                .contains(jobId));
    }

    private void turn(String which, boolean on) {
        system.http().put("/v1/kill-switches/" + which, Map.of("enabled", on));
    }

    /** By the name that people type. */
    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console" + rest;
    }
}
