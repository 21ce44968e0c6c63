package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.schemas.CreateCampaign;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What axe cannot see of a page that is for everybody. */
@OnRunningSystem
@InBrowser
class ConsoleForEverybodyIT {

    /** WCAG 2.2, 2.5.8: what is pointed at is 24 px wide and high, unless it is a word in a sentence. */
    private static final String SMALL = """
            () => [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')]
              .filter(it => it.offsetParent !== null && !it.classList.contains('skip'))
              .filter(it => {
                const box = (it.matches('label input') ? it.closest('label') : it).getBoundingClientRect();
                const sentence = getComputedStyle(it).display === 'inline'
                    && [...it.parentElement.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
                return !sentence && (box.width < 24 || box.height < 24);
              })
              .map(it => it.outerHTML.slice(0, 120))""";

    private final RunningSystem system;
    private final Chromium chromium;

    ConsoleForEverybodyIT(RunningSystem system, Chromium chromium) {
        this.system = system;
        this.chromium = chromium;
    }

    @Test
    void leads_from_the_list_to_a_launch_and_back_by_keyboard_alone() {
        var request = completed();
        var page = chromium.visitor();
        var keyboard = new Keyboard(page);
        page.navigate(console("?userId=" + request.getUserId()));

        keyboard.tab();
        assertThat(page.locator(".skip")).isFocused();
        keyboard.press("Enter");
        assertThat(page.locator("#main")).isFocused();
        keyboard.tabTo(page.locator("tbody a").first());
        keyboard.press("Enter");
        assertThat(page.locator("h1")).hasText(request.getCampaign().getName());

        keyboard.tabTo(path(page));
        keyboard.tabTo(page.locator("#slots summary").first());
        keyboard.press("Enter");
        assertThat(page.locator("#slots li").first()).isVisible();
        keyboard.tabBackTo(path(page));
        keyboard.press("Enter");
        assertThat(page.locator("h1")).hasText("Launches");
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void has_nothing_to_point_at_that_is_too_small() {
        var request = completed();
        var page = chromium.visitor();
        for (var address : List.of("", "/jobs/" + RunningSystem.jobId(request), "/jobs/none", "/design", "/login")) {
            for (int width : List.of(1440, 1024, 390)) {
                page.setViewportSize(width, 900);
                page.navigate(console(address));
                assertThat((List<?>) page.evaluate(SMALL)).as(address + " at " + width).isEmpty();
            }
        }
    }

    @Test
    void breaks_no_id_in_the_middle_of_a_word() {
        var request = completed();
        var page = chromium.visitor();
        page.setViewportSize(1024, 900);
        page.navigate(console("?userId=" + request.getUserId()));

        assertThat(page.locator("tbody td.code a").first().evaluate("it => { const range = document.createRange();"
                + " range.selectNodeContents(it); return range.getClientRects().length; }")).isEqualTo(1);
    }

    private static Locator path(Page page) {
        return page.locator(".path").getByRole(AriaRole.LINK).first();
    }

    private CreateCampaign completed() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");
        return request;
    }

    private String console(String rest) {
        return "http://localhost:" + system.standalone().api().getPort() + "/console" + rest;
    }
}
