package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.schemas.CreateCampaign;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Finding launches and what people did, in a browser, with the whole system behind it. */
@OnRunningSystem
@InBrowser
class ConsoleFindIT {

    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleFindIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    @Test
    void whatever_is_at_hand_leads_to_the_launch_by_keys_alone() {
        var request = completed();
        var jobId = RunningSystem.jobId(request);
        var ad = system.http().get("/v1/jobs/" + jobId + "/slots").body().valueStream()
                .filter(slot -> slot.path("entityType").asString().equals("ad")).findFirst().orElseThrow()
                .path("facebookId").asString();
        var page = chromium.visitor();
        for (var text : List.of(jobId.toString(), ad, request.getIdempotencyKey(), request.getCampaign().getName())) {
            page.navigate(console(""));
            page.keyboard().press("/");
            assertThat(field(page)).isFocused();
            page.keyboard().type(text);
            page.keyboard().press("Enter");

            assertThat(page).hasURL(console("/jobs/" + jobId));
            assertThat(Chromium.violations(page)).as(text).isEmpty();
        }
    }

    @Test
    void the_key_writes_where_somebody_writes_and_can_be_turned_off() {
        var page = chromium.visitor();
        page.navigate(console("/find"));
        field(page).focus();
        page.keyboard().type("100/33");
        assertThat(field(page)).hasValue("100/33");

        page.getByLabel("leads to the field from anywhere").uncheck();
        page.navigate(console(""));
        page.keyboard().press("/");

        assertThat(field(page)).not().isFocused();
        page.navigate(console("/find"));
        assertThat(page.getByLabel("leads to the field from anywhere")).not().isChecked();
        page.getByLabel("leads to the field from anywhere").check();
        page.keyboard().press("Escape");
        page.navigate(console(""));
        page.keyboard().press("/");
        assertThat(field(page)).isFocused();
    }

    @Test
    void filters_are_an_address_and_can_be_taken_away_one_by_one_without_scripts() {
        var request = completed();
        var page = chromium.visitor(options -> options.setJavaScriptEnabled(false));
        page.navigate(console(""));
        page.getByLabel("completed").check();
        page.getByLabel("failed").check();
        page.getByLabel("User").fill(request.getUserId());
        page.getByText("More filters").click();
        page.getByLabel("Ad account").fill(request.getAdAccountId().substring("act_".length()));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")).click();

        assertThat(page).hasURL(console("?status=completed,failed&userId=" + request.getUserId() + "&adAccountId="
                + request.getAdAccountId()));
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.getByLabel("User")).hasValue(request.getUserId());
        page.locator(".chips a").filter(new Locator.FilterOptions().setHasText("failed")).click();
        page.locator(".chips a").filter(new Locator.FilterOptions().setHasText("Ad account")).click();
        assertThat(page).hasURL(console("?status=completed&userId=" + request.getUserId()));
        assertThat(page.getByLabel("completed")).isChecked();
        page.locator("tbody").getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(request.getAdAccountId()))
                .click();
        assertThat(page.locator(".chips")).containsText(request.getAdAccountId());
        page.locator(".chips a").filter(new Locator.FilterOptions().setHasText("All launches")).click();
        assertThat(page).hasURL(console(""));
    }

    @Test
    void pages_lead_on_and_back() {
        completed();
        completed();
        var page = chromium.visitor();
        var newest = system.http().get("/v1/jobs?limit=2").body().path("jobs");
        page.navigate(console("?after=" + newest.get(0).path("number").asString()));
        assertThat(page.locator("tbody th").first()).hasText(newest.get(1).path("campaignName").asString());

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Newer launches")).click();

        assertThat(page).hasURL(console(""));
        assertThat(page.locator("tbody th").first()).hasText(newest.get(0).path("campaignName").asString());
    }

    @Test
    void shows_what_people_did_and_leads_to_the_launch_that_they_did_it_to() {
        var request = completed();
        var jobId = RunningSystem.jobId(request);
        system.http().post("/v1/jobs/" + jobId + "/cancel", JsonMapper.shared().createObjectNode()
                .put("reason", "too late").put("userId", "the-boss"), Map.of());
        var page = chromium.visitor();
        page.navigate(console("/jobs/" + jobId));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Who did what to it")).click();

        assertThat(page).hasURL(console("/audit?subject=" + jobId));
        assertThat(page.locator("tbody tr")).hasCount(2);
        assertThat(page.locator("tbody tr").first()).containsText("Stopped a launch");
        assertThat(page.locator("tbody tr").first()).containsText("refused");
        assertThat(page.locator("tbody tr").first()).containsText("the-boss");
        assertThat(Chromium.violations(page)).isEmpty();
        page.locator("tbody tr").first().getByRole(AriaRole.LINK,
                new Locator.GetByRoleOptions().setName(jobId.toString())).click();
        assertThat(page.locator("h1")).hasText(request.getCampaign().getName());
    }

    @Test
    void shows_admins_what_was_done_in_the_marketplace_and_with_users_and_sessions() {
        var people = new People(system.standalone());
        var page = chromium.visitor();
        page.navigate(console("/login?next=%2Fconsole%2Faudit"));
        page.locator("[name=username]").fill("admin");
        page.locator("[name=password]").fill(people.adminPassword());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")).click();
        people.registered().http().post("/api/campaigns", Map.of("name", "Otters", "totalBudget", "1.00"));

        tab(page, "Marketplace");
        assertThat(page.locator("tbody tr").first()).containsText("Set up a campaign");
        page.locator("tbody tr").first().locator("a.value").click();
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.locator("tbody tr").first().getByRole(AriaRole.LINK).last().click();
        assertThat(page.locator("h1")).hasText("Otters");
        page.navigate(console("/audit"));
        tab(page, "People");
        page.getByLabel("What").selectOption("log-in");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")).click();
        assertThat(page.locator("tbody tr").first()).containsText("Logged in");
        assertThat(Chromium.violations(page)).isEmpty();
        chromium.isForEverybody(console("/audit?of=people"), "audit-people", page.context().cookies());
        chromium.isForEverybody(console("/audit?of=market"), "audit-market", page.context().cookies());
    }

    private static void tab(Page page, String name) {
        page.locator("nav.tabs").getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name)).click();
    }

    @Test
    void is_for_everybody_and_on_every_screen() {
        var request = completed();
        chromium.isForEverybody(console("?status=completed,failed,rolled_back&name="
                + request.getCampaign().getName().substring(0, 3) + "&from=2026-01-01"), "list-filtered");
        chromium.isForEverybody(console("?errorCode=x&userId=ann"), "list-mistake");
        chromium.isForEverybody(console("/find?q=" + UUID.randomUUID()), "find-nothing");
        chromium.isForEverybody(console("/find"), "find");
        chromium.isForEverybody(console("/find?q=" + ambiguous()), "find-several");
        chromium.isForEverybody(console("/audit"), "audit");
        chromium.isForEverybody(console("/audit?actor=nobody"), "audit-none");
    }

    /** A text that is a user for one launch and a key for another. */
    private String ambiguous() {
        var text = "both-" + UUID.randomUUID().toString().substring(0, 8);
        var user = Requests.oneFiftyOne(system.freshAccount(), 1).setUserId(text).build();
        var key = Requests.oneFiftyOne(system.freshAccount(), 1).setIdempotencyKey(text).build();
        assertThat(system.launch(user).path("status").asString()).isEqualTo("completed");
        assertThat(system.launch(key).path("status").asString()).isEqualTo("completed");
        return text;
    }

    private CreateCampaign completed() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        return request;
    }

    private static Locator field(Page page) {
        return page.getByRole(AriaRole.SEARCHBOX);
    }

    /** By the name that people type. */
    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console" + rest;
    }
}
