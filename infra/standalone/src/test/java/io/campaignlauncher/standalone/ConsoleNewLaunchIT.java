package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.simulator.core.AccountPlace;
import io.campaignlauncher.simulator.core.Existing;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A launch by form, in a browser, with the whole system behind it. */
@OnRunningSystem
@InBrowser
class ConsoleNewLaunchIT {

    private static final Pattern LAUNCH_PAGE = Pattern.compile(".*/console/jobs/[0-9a-f-]{36}");

    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleNewLaunchIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console" + rest;
    }

    private Page filled(Page page, String account, int adSets) {
        page.navigate(console("/new"));
        page.getByLabel("Ad account").fill(account);
        page.getByLabel("Credential").selectOption(RunningSystem.CREDENTIAL);
        page.locator("#f-pageId").fill("1000000001");
        page.locator("#f-name").fill("Form " + account);
        page.locator("#f-count").fill(String.valueOf(adSets));
        page.locator("#f-dailyBudget").fill("20.50");
        page.locator("#f-countries").fill("us, CA");
        page.locator("#f-link").fill("https://example.com/spring");
        page.locator("#f-message").fill("Spring is here");
        return page;
    }

    private static void check(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Check")).click();
    }

    private static Locator launch(Page page) {
        return page.locator("#launch button");
    }

    private void isCompleted(Page page) {
        assertThat(page).hasURL(LAUNCH_PAGE);
        var url = page.url();
        var job = system.settled(url.substring(url.lastIndexOf('/') + 1));
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
    }

    @Test
    void is_shown_with_its_price_and_then_made_exactly_so() {
        var account = system.freshAccount();
        var page = filled(chromium.visitor(), account, 3);
        assertThat(launch(page)).hasCount(0);

        check(page);

        assertThat(page.locator("#preview .price")).containsText("20.50 USD a day");
        assertThat(page.locator("#preview .sum")).containsText("61.50 USD");
        assertThat(page.locator("#preview .price")).containsText("1 campaign, 3 ad sets, 3 ads");
        assertThat(page.locator("#preview .checks li")).hasCount(8);
        assertThat(system.facebook().campaigns(account)).isEmpty();
        launch(page).click();
        isCompleted(page);
        var made = system.facebook().campaign(account);
        assertThat(made.itself().name()).isEqualTo("Form " + account);
        assertThat(made.adSets()).hasSize(3).extracting(Existing::dailyBudget).containsOnly("2050");
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void counts_as_the_account_does() {
        var account = system.freshAccount();
        system.simulator().world().place(account, AccountPlace.of("JPY", "Asia/Tokyo"));
        var page = filled(chromium.visitor(), account, 2);

        check(page);

        assertThat(page.locator("#result")).containsText("JPY has no smaller unit");
        assertThat(launch(page)).hasCount(0);
        page.locator("#f-dailyBudget").fill("2500");
        check(page);
        assertThat(page.locator("#preview .sum")).containsText("5,000 JPY");
        launch(page).click();
        isCompleted(page);
        assertThat(system.facebook().campaign(account).adSets()).extracting(Existing::dailyBudget)
                .containsOnly("2500");
    }

    @Test
    void every_blocker_leads_to_its_field_which_says_it_too() {
        var account = system.freshAccount();
        system.simulator().world().accountStatus(account, 2);
        var page = filled(chromium.visitor(), account, 3);
        check(page);
        leadToTheirFields(page, "adAccountId");

        page.navigate(console("/new"));
        page.locator("#f-name").fill("");
        check(page);
        leadToTheirFields(page, "name", "adAccountId", "credentialId", "countries", "dailyBudget", "more");

        filled(page, system.freshAccount(), 3);
        page.locator("#f-count").fill("many");
        page.locator("#f-dailyBudget").fill("1.234,50");
        page.locator("#f-countries").fill("Germany");
        page.locator("summary", new Page.LocatorOptions().setHasText("The ad as JSON")).click();
        page.locator("#f-creative").fill("{");
        check(page);
        leadToTheirFields(page, "count", "dailyBudget", "countries", "creative");
        assertThat(page.locator("#f-dailyBudget")).hasValue("1.234,50");
    }

    private static void leadToTheirFields(Page page, String... fields) {
        assertThat(page.locator("#result")).isFocused();
        assertThat(launch(page)).hasCount(0);
        assertThat(page.locator("#result a").all().stream().map(link -> link.getAttribute("href").substring(3))
                .distinct()).containsExactlyInAnyOrder(fields);
        for (var field : fields) {
            var link = page.locator("#result a[href='#f-" + field + "']").first();
            link.click();
            var input = page.locator("#f-" + field);
            assertThat(input).isFocused();
            assertThat(input).hasAttribute("aria-invalid", "true");
            var said = link.locator("..").innerText().split(": ", 2)[1];
            assertThat(page.locator("#" + input.getAttribute("aria-describedby"))).containsText(said);
        }
    }

    @Test
    void a_name_that_is_taken_is_told_at_the_name() {
        var account = system.freshAccount();
        system.facebook().makeCampaign(account, "Form " + account);
        var page = filled(chromium.visitor(), account, 1);

        check(page);

        leadToTheirFields(page, "name");
    }

    @Test
    void what_was_shown_is_no_more_once_the_form_says_something_else() {
        var page = filled(chromium.visitor(), system.freshAccount(), 2);
        check(page);
        assertThat(launch(page)).isVisible();

        page.locator("#f-message").fill("Summer is here");

        assertThat(launch(page)).isHidden();
        assertThat(page.locator("#dropped")).containsText("Check it again");
        page.locator("#f-message").fill("Spring is here");
        assertThat(launch(page)).isVisible();
        assertThat(launch(page)).isEnabled();
    }

    @Test
    void what_has_changed_since_the_preview_is_told_and_nothing_is_launched() {
        var account = system.freshAccount();
        var page = filled(chromium.visitor(), account, 2);
        check(page);
        assertThat(launch(page)).isVisible();
        system.simulator().world().place(account, AccountPlace.of("EUR", "Europe/Berlin"));

        launch(page).click();

        assertThat(page.locator("#result")).containsText("Something has changed since the preview");
        assertThat(page.locator("#result")).containsText("The price; The ad account's currency or time zone");
        assertThat(launch(page)).hasCount(0);
        assertThat(system.facebook().campaigns(account)).isEmpty();
        check(page);
        assertThat(page.locator("#preview .sum")).containsText("41.00 EUR");
        launch(page).click();
        isCompleted(page);
    }

    @Test
    void sent_several_times_at_once_and_once_more_it_is_one_launch() {
        var account = system.freshAccount();
        var page = filled(chromium.visitor(), account, 1);
        check(page);
        assertThat(launch(page)).isVisible();

        var there = (List<?>) page.evaluate("""
                () => { const form = document.getElementById('launch');
                  const send = () => fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))})
                      .then(answer => answer.url);
                  return Promise.all([send(), send(), send()]); }""");
        launch(page).click();
        isCompleted(page);

        assertThat(there).allSatisfy(url -> assertThat(url).isEqualTo(page.url()));
        assertThat(system.facebook().campaigns(account)).hasSize(1);
    }

    @Test
    void says_so_while_facebook_gives_no_answer() {
        var account = system.freshAccount();
        system.fault(account, FaultTarget.READ, new FaultEffect.Refused(500, 2, null, "Service unavailable"), 1, 1_000);
        var page = filled(chromium.visitor(), account, 2);

        check(page);

        assertThat(page.locator("#preview .wait")).containsText("Facebook did not answer in time");
        assertThat(launch(page)).hasCount(0);
        assertThat(page.locator("#f-message")).hasValue("Spring is here");
    }

    @Test
    void a_token_that_is_dead_is_told_at_the_credential() {
        var account = system.freshAccount();
        system.fault(account, FaultTarget.READ, new FaultEffect.Refused(400, 190, 463, "Session has expired"), 1,
                1_000);
        var page = filled(chromium.visitor(), account, 2);

        check(page);

        leadToTheirFields(page, "credentialId");
    }

    @Test
    void works_without_scripts() {
        var account = system.freshAccount();
        var page = filled(chromium.visitor(options -> options.setJavaScriptEnabled(false)), account, 2);
        page.locator("#f-dailyBudget").fill("much");
        check(page);
        leadToTheirFields(page, "dailyBudget");
        page.locator("#f-dailyBudget").fill("7");
        check(page);
        assertThat(page.locator("#preview .sum")).containsText("14.00 USD");
        // Not what was shown, and so not what is launched.
        page.locator("#f-message").fill("Something else");

        launch(page).click();

        isCompleted(page);
        assertThat(system.facebook().campaign(account).adSets()).extracting(Existing::dailyBudget).containsOnly("700");
    }

    @Test
    void works_by_keyboard_alone() {
        var account = system.freshAccount();
        var page = filled(chromium.visitor(), account, 1);
        page.locator("#f-dailyBudget").fill("");

        page.locator("#f-count").focus();
        page.keyboard().press("Tab");
        page.keyboard().type("9.90");
        page.keyboard().press("Enter");

        assertThat(page.locator("#preview .sum")).containsText("9.90 USD");
        assertThat(page.locator("#preview h2")).isFocused();
        for (int i = 0; i < 10 && !launch(page).evaluate("it => it === document.activeElement").equals(true); i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        isCompleted(page);
    }

    @Test
    void is_launched_again_from_its_page_under_a_further_name() {
        var account = system.freshAccount();
        var page = filled(chromium.visitor(), account, 2);
        page.locator("#f-ageMin").fill("25");
        check(page);
        launch(page).click();
        isCompleted(page);

        page.getByText("Launch again, with changes").click();

        assertThat(page.locator("#f-name")).hasValue("Form " + account + " 2");
        assertThat(page.locator("#f-dailyBudget")).hasValue("20.50");
        assertThat(page.locator("#f-countries")).hasValue("US, CA");
        assertThat(page.locator("#f-ageMin")).hasValue("25");
        assertThat(page.locator("#f-message")).hasValue("Spring is here");
        assertThat(page.locator("#f-more")).hasValue("");
        check(page);
        launch(page).click();
        isCompleted(page);
        assertThat(system.facebook().campaigns(account)).extracting(campaign -> campaign.itself().name())
                .containsExactlyInAnyOrder("Form " + account, "Form " + account + " 2");
    }

    @Test
    void begins_later_and_asks_first() {
        var account = system.freshAccount();
        var page = filled(chromium.visitor(), account, 1);
        page.locator("#f-startAt").fill("2027-01-24T18:00");
        page.getByLabel("Ask me first").check();
        check(page);

        launch(page).click();

        assertThat(page).hasURL(LAUNCH_PAGE);
        var jobId = page.url().substring(page.url().lastIndexOf('/') + 1);
        var request = system.http().get("/v1/jobs/" + jobId + "/state").body().path("request");
        assertThat(request.path("startAt").asString()).startsWith("2027-01-24T18:00");
        assertThat(request.path("rollbackPolicy").asString()).isEqualTo("CONFIRM");
        system.http().post("/v1/jobs/" + jobId + "/cancel", Map.of("reason", "tried", "userId", "local-operator"));
    }

    @Test
    void is_for_everybody_and_on_every_screen() {
        chromium.isForEverybody(console("/new"), "new-launch");
        chromium.isForEverybody(page -> {
            filled(page, system.freshAccount(), 12);
            page.locator("#f-countries").fill("US, DE");
            check(page);
            page.locator("#preview .names summary").click();
        }, "new-launch-previewed");
        chromium.isForEverybody(page -> {
            filled(page, system.freshAccount(), 12);
            page.locator("#f-count").fill("many");
            page.locator("#f-dailyBudget").fill("1.234,50");
            check(page);
        }, "new-launch-blocked");
    }
}
