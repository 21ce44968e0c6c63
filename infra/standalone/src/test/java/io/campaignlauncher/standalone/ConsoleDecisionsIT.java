package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.RollbackPolicy;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people decide on pages: about one launch, and by the kill switches about all of them. */
@OnRunningSystem
@InBrowser
class ConsoleDecisionsIT {

    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleDecisionsIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    @AfterEach
    void everything_is_on() {
        for (var which : KillSwitch.values()) {
            system.http().put("/v1/kill-switches/" + which.wireName(), Map.of("enabled", true));
        }
    }

    @Test
    void a_rollback_is_shown_to_the_last_thing_and_begins_by_its_number_and_a_reason() {
        var request = asking();
        var page = opened(address(request, ""));
        page.getByText("See what exists, and decide").click();

        assertThat(page.locator(".exists > li")).hasCount(4);
        assertThat(page.locator(".exists ul li")).hasCount(3);
        assertThat(page.locator(".facts").first()).containsText("7 (1 campaign, 3 ad sets, 3 ads)");
        assertThat(button(page, "Keep it")).isVisible();
        var form = page.locator("form[aria-labelledby=delete]");
        form.locator("[name=count]").fill("6");
        form.locator("[name=reason]").fill("no longer wanted");
        button(page, "Delete it").click();
        assertThat(page.locator(".problem")).containsText("Nothing was deleted");
        assertThat(form.locator("[name=reason]")).hasValue("no longer wanted");
        assertThat(system.facebook().campaign(request.getAdAccountId()).adSets()).hasSize(3);

        form.locator("[name=count]").fill("7");
        button(page, "Delete it").click();

        assertThat(page.locator("#story"))
                .containsText("local-operator decided to delete what exists: no longer wanted.");
        assertThat(page.locator("#now .title .state")).containsText("taken back", patiently());
        assertThat(system.facebook().campaigns(request.getAdAccountId())).isEmpty();
        assertThat(system.published().eventsOf(RunningSystem.jobId(request), RollbackStarted.class)).singleElement()
                .satisfies(event -> assertThat(event.getConfirmationReason()).isEqualTo("no longer wanted"));
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void who_decides_later_is_told_what_somebody_decided_before() {
        var request = asking();
        var first = opened(address(request, "/rollback"));
        var second = opened(address(request, "/rollback"));

        first.locator("form[aria-labelledby=keep] [name=reason]").fill("we use it");
        button(first, "Keep it").click();
        assertThat(first.locator("#story")).containsText("local-operator decided to keep what exists: we use it.");
        var form = second.locator("form[aria-labelledby=delete]");
        form.locator("[name=count]").fill("7");
        form.locator("[name=reason]").fill("not wanted");
        button(second, "Delete it").click();

        assertThat(second.locator("h1")).hasText("The job is not waiting");
        assertThat(second.locator(".story")).containsText("local-operator decided to keep what exists: we use it.");
        assertThat(system.facebook().campaign(request.getAdAccountId()).adSets()).hasSize(3);
    }

    @Test
    void a_launch_is_stopped_with_a_reason_and_a_stale_page_says_that_it_was() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 120).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofMillis(1500)),
                1, 0);
        var jobId = system.publish(request);
        await("it is being made").atMost(RunningSystem.PATIENCE)
                .until(() -> !system.published().eventsOf(jobId, CreationRequested.class).isEmpty());
        var page = opened(address(request, ""));
        var stale = chromium.visitor(options -> options.setJavaScriptEnabled(false));
        stale.navigate(address(request, ""));

        stop(page, "the wrong creative");
        assertThat(page.locator("#now")).containsText("Stopped by local-operator: the wrong creative");
        assertThat(page.locator("#decide")).hasCount(0);
        assertThat(page.locator("#now .title .state")).containsText("taken back", patiently());

        stop(stale, "me too");
        assertThat(stale.locator("#now")).containsText("Stopped by local-operator: the wrong creative");
        var done = Requests.oneFiftyOne(system.freshAccount(), 1).build();
        system.launch(done);
        assertThat(opened(address(done, "")).locator("#decide")).hasCount(0);
    }

    @Test
    void a_planned_start_is_moved_or_begins_now() {
        var start = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600);
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).setStartAt(start.toString()).build();
        var jobId = system.publish(request);
        await("it waits for its start").atMost(RunningSystem.PATIENCE).ignoreExceptions().until(
                () -> system.http().get("/v1/jobs/" + jobId + "/state").body().path("phase").asString("")
                        .equals("awaiting_start"));
        var page = opened(address(request, ""));
        assertThat(page.locator("#now")).containsText("Planned for");
        chromium.isForEverybody(address(request, ""), "launch-planned");

        page.locator("#decide summary").first().click();
        var form = page.locator("form[action$=start]");
        var there = form.locator("[name=startAt]").inputValue();
        form.locator("[name=startAt]").fill(there.replaceAll("^\\d{4}", String.valueOf(
                Integer.parseInt(there.substring(0, 4)))).replaceAll("T\\d\\d", "T23"));
        form.locator("[name=reason]").fill("after the holidays");
        button(page, "Move the start").click();
        assertThat(page.locator("#story")).containsText("local-operator moved the start");

        page.locator("#decide summary").first().click();
        page.locator("form[action$=start] [name=reason]").fill("no reason to wait");
        button(page, "Begin now").click();
        assertThat(page.locator("#story")).containsText("local-operator moved the start to now: no reason to wait.");
        assertThat(page.locator("#now .title .state")).containsText("completed", patiently());
    }

    @Test
    void a_switch_says_who_turned_it_why_and_what_waits_and_the_later_of_two_people_sees_the_earlier() {
        var page = opened(console("/switches"));
        var other = opened(console("/switches"));
        var creation = page.locator("section", new Page.LocatorOptions().setHasText("Creating on Facebook"));
        turn(page, creation, "Switch off", "wrong prices");
        assertThat(creation.locator(".state")).containsText("switched off");
        assertThat(creation).containsText("by local-operator: wrong prices");

        var request = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        var jobId = system.publish(request);
        await("it waits").atMost(RunningSystem.PATIENCE)
                .until(() -> !system.published().eventsOf(jobId, CreationRequested.class).isEmpty());
        await("and is counted").atMost(RunningSystem.PATIENCE).until(() -> system.http()
                .get("/v1/kill-switches/creation").body().path("waiting").asInt() == 1);
        page.reload();
        assertThat(creation.locator(".waits")).hasText("1 launch waits.");
        assertThat(page.locator(".banner")).containsText("1 launch waits.");
        chromium.isForEverybody(console("/switches"), "switches");

        var theirs = other.locator("section", new Page.LocatorOptions().setHasText("Creating on Facebook"));
        turn(other, theirs, "Switch off", "I want that too");
        assertThat(theirs.locator(".problem")).containsText("local-operator switched it off: wrong prices");

        turn(page, creation, "Switch on", "mended");
        assertThat(creation.locator(".state")).containsText("goes on");
        assertThat(system.settled(jobId).path("status").asString()).isEqualTo("completed");
    }

    @Test
    void requests_that_wait_for_intake_are_counted() {
        system.http().put("/v1/kill-switches/intake", Map.of("enabled", false));
        var request = Requests.oneFiftyOne(system.freshAccount(), 1).build();
        assertThat(system.post(request).status()).isEqualTo(202);

        assertThat(opened(console("/switches")).locator(".waits")).hasText("1 launch waits.");

        system.http().put("/v1/kill-switches/intake", Map.of("enabled", true));
        system.settled(RunningSystem.jobId(request));
    }

    @Test
    void decisions_are_for_everybody() {
        chromium.isForEverybody(address(asking(), "/rollback"), "rollback");
        chromium.isForEverybody(address(asking(), ""), "launch-asks");
    }

    private CreateCampaign asking() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).setRollbackPolicy(RollbackPolicy.CONFIRM).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 4, 1);
        var jobId = system.publish(request);
        await("the job waits for a person").atMost(RunningSystem.PATIENCE).ignoreExceptions().until(
                () -> system.job(jobId).path("rollback").path("awaitingConfirmation").asBoolean(false));
        return request;
    }

    private static void stop(Page page, String reason) {
        page.getByText("Stop this launch").click();
        page.locator("form[action$=cancel] [name=reason]").fill(reason);
        button(page, "Stop the launch").click();
    }

    private static void turn(Page page, Locator section, String way, String reason) {
        section.locator("[name=reason]").fill(reason);
        section.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(way)).click();
        page.waitForLoadState();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(RunningSystem.PATIENCE.toMillis());
    }

    private Page opened(String address) {
        var page = chromium.visitor();
        page.navigate(address);
        return page;
    }

    private String address(CreateCampaign request, String rest) {
        return console("/jobs/" + RunningSystem.jobId(request) + rest);
    }

    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console" + rest;
    }
}
