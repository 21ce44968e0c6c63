package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.campaignlauncher.schemas.CreateCampaign;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page, in a browser, with the whole system behind it. */
@OnRunningSystem
@InBrowser
class ConsoleIT {

    private static final int FIRST_PAGE_BYTES_MAX = 100 * 1024;

    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    @Test
    void leads_from_the_list_to_a_launch_and_its_ads() {
        var request = completed(3);
        var page = chromium.visitor();
        page.navigate(console("?userId=" + request.getUserId()));

        page.getByRole(AriaRole.LINK,
                new Page.GetByRoleOptions().setName(request.getCampaign().getName()).setExact(true)).first().click();

        assertThat(page.locator("h1")).hasText(request.getCampaign().getName());
        assertThat(page.locator("#now .title .state")).containsText("completed");
        assertThat(page.locator("#now .bars")).containsText("3 / 3");
        assertThat(page.locator(".steps li.done")).hasCount(5);
        assertThat(page.locator(".story li").last()).containsText("Accepted: 1 campaign, 3 ad sets, 3 ads.");
        page.locator("#slots summary").first().click();
        assertThat(page.locator("#slots li").first()).isVisible();
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void shows_times_in_the_zone_of_who_looks_and_the_exact_one_on_hover() {
        var page = chromium.visitor(options -> options.setTimezoneId("Asia/Tokyo"));
        var request = completed(1);
        page.navigate(console("/jobs/" + RunningSystem.jobId(request)));

        var time = page.locator(".story time").first();
        var exact = time.getAttribute("datetime");
        assertThat(exact).endsWith("Z");
        assertThat(time).hasAttribute("title", exact);
        assertThat(time).hasText((String) page.evaluate("at => new Date(at).toLocaleTimeString([], {hour: '2-digit',"
                + " minute: '2-digit', second: '2-digit'})", exact));
    }

    @Test
    void can_be_read_without_scripts() {
        var request = completed(1);
        var page = chromium.visitor(options -> options.setJavaScriptEnabled(false));
        page.navigate(console("?userId=" + request.getUserId()));

        page.locator("tbody a").first().click();

        assertThat(page.locator("#now .title .state")).containsText("completed");
        page.locator("#slots summary").first().click();
        assertThat(page.locator("#slots li").first()).isVisible();
    }

    @ParameterizedTest
    @CsvSource({ "LIGHT, Dark, Light", "DARK, Light, Dark" })
    void the_button_of_the_theme_says_what_it_does_and_the_theme_is_remembered(ColorScheme browsers, String first,
            String then) {
        var page = chromium.visitor(options -> options.setColorScheme(browsers));
        page.navigate(console("/design"));
        assertThat(theme(page)).hasText(first + " theme");
        var background = background(page);
        theme(page).click();

        assertThat(page.locator("html")).hasAttribute("data-theme", first.toLowerCase(Locale.ROOT));
        assertThat(page).hasURL(console("/design"));
        assertThat(background(page)).isNotEqualTo(background);
        assertThat(theme(page)).hasText(then + " theme");
        page.navigate(console(""));
        assertThat(page.locator("html")).hasAttribute("data-theme", first.toLowerCase(Locale.ROOT));
        theme(page).click();
        assertThat(page.locator("html")).hasAttribute("data-theme", then.toLowerCase(Locale.ROOT));
        assertThat(background(page)).isEqualTo(background);
        assertThat(theme(page)).hasText(first + " theme");
    }

    /** There is one for whoever looks. */
    private static Locator theme(Page page) {
        return page.getByRole(AriaRole.BUTTON,
                new Page.GetByRoleOptions().setName(Pattern.compile("^(Light|Dark) theme$")));
    }

    private static Object background(Page page) {
        return page.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    @Test
    void is_for_everybody_and_on_every_screen() {
        var request = completed(5);
        chromium.isForEverybody(console(""), "launches");
        chromium.isForEverybody(console("?userId=" + UUID.randomUUID()), "launches-none");
        chromium.isForEverybody(console("/jobs/" + RunningSystem.jobId(request)), "launch");
        chromium.isForEverybody(console("/jobs/" + UUID.randomUUID()), "problem");
        chromium.isForEverybody(console("/design"), "design");
    }

    @Test
    void is_light() {
        var sizes = new ConcurrentHashMap<String, Integer>();
        var page = chromium.visitor();
        page.onResponse(response -> sizes.put(response.url(), bytes(response)));
        page.navigate(console(""));
        page.waitForLoadState(LoadState.NETWORKIDLE);

        assertThat(sizes.keySet()).allMatch(url -> URI.create(url).getHost().equals("localhost"));
        assertThat(sizes.values().stream().mapToInt(Integer::intValue).sum()).isBetween(10_000, FIRST_PAGE_BYTES_MAX);
    }

    @Test
    void says_that_a_launch_is_none() {
        var page = chromium.visitor();
        var answer = page.navigate(console("/jobs/" + UUID.randomUUID()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(page.locator("h1")).isVisible();
    }

    /** As they came over the line, packed. */
    private static int bytes(Response response) {
        var sizes = response.request().sizes();
        return sizes.responseBodySize;
    }

    private CreateCampaign completed(int adSets) {
        var request = Requests.oneFiftyOne(system.freshAccount(), adSets).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        return request;
    }

    /** By the name that people type. */
    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console" + rest;
    }
}
