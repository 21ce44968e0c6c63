package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The past of a launch, in a browser: any of its events, by slider, button, key or address. */
@OnRunningSystem
@InBrowser
class ConsolePastIT {

    private final RunningSystem system;
    private final Chromium chromium;

    ConsolePastIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    @Test
    void is_gone_through_by_button_key_slider_and_address_without_a_reload() {
        var request = eventful();
        var last = versionMax(request);
        var page = opened(request, "");
        page.evaluate("window.here = true");

        page.locator("#previous").click();
        assertThat(page).hasURL(Pattern.compile("at=" + (last - 1) + "$"));
        assertThat(page.locator("#shown")).hasText("" + (last - 1));
        assertThat(page.locator("#previous")).isFocused();
        page.keyboard().press("ArrowLeft");
        assertThat(page).hasURL(Pattern.compile("at=" + (last - 2) + "$"));
        page.locator("h1").click();
        page.keyboard().press("ArrowRight");
        assertThat(page).hasURL(Pattern.compile("at=" + (last - 1) + "$"));

        page.locator("#first").click();
        assertThat(page.locator("#story li")).hasCount(1);
        assertThat(page.locator("#at")).hasValue("0");
        page.locator("#at").fill("4");
        assertThat(page.locator("#now .then")).containsText("after event 4");
        assertThat(page.locator("#story li")).hasCount(5);
        assertThat(page.locator("#launch")).hasAttribute("data-version", "4");

        page.locator("#last").click();
        assertThat(page).hasURL(Pattern.compile(RunningSystem.jobId(request) + "$"));
        assertThat(page.locator("#now .then")).hasCount(0);
        assertThat(page.evaluate("window.here")).as("never loaded anew").isEqualTo(true);
        page.goBack();
        assertThat(page.locator("#now .then")).containsText("after event 4");
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void marks_what_an_event_changed_and_nothing_else() {
        var request = eventful();
        var made = versionOf(request, "SlotsCreated");
        var page = opened(request, "?at=" + made);

        assertThat(page.locator("#story li[aria-current]")).hasAttribute("data-version", "" + made);
        assertThat(page.locator(".bars .changed").first()).isVisible();
        assertThat(page.locator("#slots li.changed").first()).isVisible();
        page.locator("#at").fill("1");
        assertThat(page.locator("#shown")).hasText("1");
        assertThat(page.locator(".bars .changed, #slots .changed")).hasCount(0);
    }

    @Test
    void shows_events_by_their_names_with_what_they_hold_when_somebody_asks() throws Exception {
        var request = eventful();
        var page = opened(request, "");
        assertThat(page.locator("#story .event").first()).isHidden();
        page.locator("#events").click();
        assertThat(page.locator("#events")).hasAttribute("aria-pressed", "true");
        var event = page.locator("#story .event").first();
        assertThat(event).containsText("JobCompleted");
        event.click();
        assertThat(page.locator("#story li").first().locator("pre")).containsText("\"JobCompleted\"");
        event.click();
        assertThat(page.locator("#story pre")).hasCount(0);

        var file = page.waitForDownload(() -> page.getByText("Download its history").click());
        var history = JsonMapper.shared().readTree(Files.readString(file.path()));
        assertThat(history).isEqualTo(
                system.http().get("/v1/jobs/" + RunningSystem.jobId(request) + "/history").body());
    }

    @Test
    void is_there_without_scripts_too() {
        var request = eventful();
        var page = chromium.visitor(options -> options.setJavaScriptEnabled(false));
        page.navigate(address(request, ""));

        page.locator("#previous").click();
        assertThat(page.locator("#now .then")).isVisible();
        page.locator("#travel button.plain").click();
        assertThat(page).hasURL(Pattern.compile("at=\\d+$"));
        page.locator("#last").click();
        assertThat(page.locator("#now .then")).hasCount(0);
    }

    @Test
    void is_for_everybody() {
        var request = eventful();
        chromium.isForEverybody(address(request, "?at=" + versionOf(request, "SlotsCreated")), "launch-past");
        chromium.isForEverybody(address(request, "/events/0"), "event");
    }

    /** With a wait in its middle. */
    private CreateCampaign eventful() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 4).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 3, 1);
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        return request;
    }

    private int versionMax(CreateCampaign request) {
        return system.job(RunningSystem.jobId(request)).path("version").asInt();
    }

    private int versionOf(CreateCampaign request, String type) {
        return system.http().get("/v1/jobs/" + RunningSystem.jobId(request) + "/history").body().path("events")
                .valueStream().filter(event -> event.path("type").asString().equals(type)).findFirst().orElseThrow()
                .path("version").asInt();
    }

    private Page opened(CreateCampaign request, String rest) {
        var page = chromium.visitor();
        page.navigate(address(request, rest));
        return page;
    }

    private String address(CreateCampaign request, String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console/jobs/"
                + RunningSystem.jobId(request) + rest;
    }
}
