package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The page of a launch's calls, in a browser. */
@OnRunningSystem
@InBrowser
class ConsoleCallsIT {

    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleCallsIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    /** With a lost answer, a limit and an ad that is refused at first. */
    private CreateCampaign troubled() {
        var account = system.freshAccount();
        var request = Requests.oneFiftyOne(account, 12).build();
        system.fault(account, FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 2, 1);
        system.fault(account, FaultTarget.CREATE_AD, FaultEffect.imageNotFetched(), 3, 1);
        system.fault(account, FaultTarget.CREATE_AD_SET,
                new FaultEffect.RateLimited(RateLimit.ACCOUNT_CALLS, Duration.ofSeconds(1)), 9, 1);
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        await("its calls are noted").atMost(RunningSystem.PATIENCE).until(() -> system.http()
                .get("/v1/jobs/" + RunningSystem.jobId(request) + "/calls?limit=500").body().path("calls").valueStream()
                .filter(call -> call.path("purpose").asString().equals("verify")).count() > 0);
        return request;
    }

    private String console(String jobId) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console/jobs/" + jobId;
    }

    @Test
    void shows_every_call_as_a_bar_and_as_a_row() {
        var request = troubled();
        var page = chromium.visitor(
                options -> options.setPermissions(List.of("clipboard-read", "clipboard-write")));
        page.navigate(console(RunningSystem.jobId(request)));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Calls")).click();

        assertThat(page.locator("h1")).hasText(request.getCampaign().getName());
        var rows = page.locator("table.calls tbody tr:not(.gap)").count();
        assertThat(page.locator(".waterfall g rect")).hasCount(rows);
        assertThat(page.locator("table.calls")).containsText("Check the ad account");
        var refused = page.locator("table.calls tr").filter(new Locator.FilterOptions().setHasText("✕ refused"))
                .first();
        refused.locator("summary").click();
        assertThat(refused.locator("li.bad")).containsText("Image wasn't downloaded");
        var trace = page.locator("table.calls td code").first();
        trace.locator("xpath=following-sibling::button").click();
        assertThat(page.evaluate("() => navigator.clipboard.readText()")).isEqualTo(trace.textContent());
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void follows_a_launch_that_is_under_way_and_leaves_open_what_is_open() {
        var account = system.freshAccount();
        var request = Requests.oneFiftyOne(account, 4).build();
        system.fault(account, FaultTarget.CREATE_AD, FaultEffect.imageNotFetched(), 1, 3);
        system.fault(account, FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofSeconds(2)), 1, 3);
        system.publish(request);
        var page = chromium.visitor();
        await("it is known").atMost(RunningSystem.PATIENCE).until(() -> system.http()
                .get("/v1/jobs/" + RunningSystem.jobId(request)).status() == 200);
        page.navigate(console(RunningSystem.jobId(request)) + "/calls");
        var patience = new LocatorAssertions.ContainsTextOptions().setTimeout(RunningSystem.PATIENCE.toMillis());

        assertThat(page.locator("#calls")).containsText("refused", patience);
        page.locator("table.calls details summary").first().click();
        assertThat(page.locator("#calls .title .state")).containsText("completed", patience);

        assertThat(page.locator("table.calls details").first()).hasAttribute("open", "");
        assertThat(page.locator("#calls")).hasAttribute("data-live", "no");
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void shows_what_a_look_at_facebook_asked_for() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 1).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        var page = chromium.visitor();
        page.navigate(console(RunningSystem.jobId(request)) + "/facebook");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Look now")).click();
        assertThat(page.locator("#look .age")).containsText("Everything agrees");
        await("the look is noted").atMost(RunningSystem.PATIENCE).until(() -> system.http()
                .get("/v1/jobs/" + RunningSystem.jobId(request) + "/calls?limit=500").body().path("calls").valueStream()
                .anyMatch(call -> call.path("service").asString().equals("job-service")));

        page.navigate(console(RunningSystem.jobId(request)) + "/calls");

        assertThat(page.locator("table.calls")).containsText("Look at Facebook");
        assertThat(page.locator(".waterfall")).containsText("Looking");
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void can_be_read_without_scripts() {
        var request = troubled();
        var page = chromium.visitor(options -> options.setJavaScriptEnabled(false));
        page.navigate(console(RunningSystem.jobId(request)) + "/calls");

        page.locator("table.calls details summary").first().click();
        assertThat(page.locator("table.calls details li").first()).isVisible();
        assertThat(page.locator("table.calls td code").first()).isVisible();
    }

    @Test
    void is_for_everybody_and_on_every_screen() {
        chromium.isForEverybody(console(RunningSystem.jobId(troubled())) + "/calls", "calls");
    }

    @Test
    void says_that_a_launch_is_none() {
        assertThat(chromium.visitor().navigate(console(UUID.randomUUID().toString()) + "/calls").status())
                .isEqualTo(404);
    }
}
