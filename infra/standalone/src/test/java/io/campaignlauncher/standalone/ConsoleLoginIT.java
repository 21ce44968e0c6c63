package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.testing.TestBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log-in, in a browser, where everybody shows who they are. */
class ConsoleLoginIT {

    private static Chromium chromium;
    private static Standalone system;
    private static People people;

    @BeforeAll
    static void open() {
        chromium = Chromium.start();
        system = Standalone.start("--no-demo", "--server.port=0", TestBroker.SERVICE_ARGUMENT,
                "--launch.security.mode=tokens");
        people = new People(system);
    }

    @AfterAll
    static void close() {
        if (system != null) {
            system.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void an_admin_logs_in_and_out() {
        var page = chromium.visitor();
        page.navigate(console("/design"));
        assertThat(page.locator("h1")).hasText("Log in");

        logIn(page, "admin", people.adminPassword());

        assertThat(page).hasURL(console("/design"));
        assertThat(page.locator(".who .name")).containsText("admin");
        assertThat(page.locator(".who .name")).hasAttribute("title", "super_admin");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out")).click();
        assertThat(page.locator("h1")).hasText("Log in");
        page.navigate(console(""));
        assertThat(page.locator("h1")).hasText("Log in");
        assertThat(Chromium.violations(page)).isEmpty();
    }

    private static void logIn(Page page, String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")).click();
    }

    private static String console(String rest) {
        return "http://localhost:" + system.api().getPort() + "/console" + rest;
    }
}
