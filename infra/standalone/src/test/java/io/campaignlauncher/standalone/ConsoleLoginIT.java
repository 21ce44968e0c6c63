package io.campaignlauncher.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.campaignlauncher.standalone.People.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.campaignlauncher.standalone.People.Person;
import io.campaignlauncher.testing.TestBroker;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log-in, in a browser, with the whole system behind it, where everybody shows who they are. */
@InBrowser
class ConsoleLoginIT {

    /** Tries to log in from one address that identity-service takes in a minute. */
    private static final int TRIES = 20;
    /** Of a proxy that is believed. */
    private static final String PROXY = "127.0.0.2";
    private static final Pattern FORM = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static Standalone system;
    private static People people;

    private final Chromium chromium;

    ConsoleLoginIT(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    static void open() {
        system = Standalone.start("--no-demo", "--server.port=0", TestBroker.SERVICE_ARGUMENT,
                "--launch.security.mode=tokens", "--launch.http.trusted-proxies=" + PROXY,
                "--launch.identity.limits.address-tries=" + TRIES, "--launch.identity.limits.within=1h",
                "--launch.console.log-ins.tries=1000");
        people = new People(system);
    }

    @AfterAll
    static void close() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void an_admin_logs_in_to_the_page_that_was_asked_for_and_out() {
        var page = chromium.visitor();
        page.navigate(console("?status=failed"));
        assertThat(page.locator("h1")).hasText("Log in");

        logIn(page, "admin", people.adminPassword());

        assertThat(page).hasURL(console("?status=failed"));
        assertThat(page.locator(".who .name")).containsText("admin");
        assertThat(page.locator(".who .name")).hasAttribute("title", "super_admin");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out")).click();
        assertThat(page.locator("h1")).hasText("Log in");
        page.navigate(console(""));
        assertThat(page.locator("h1")).hasText("Log in");
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void an_advertiser_sees_their_own_launches_and_nobody_elses_and_leaves_no_line_in_the_audit() {
        var admin = people.admin();
        ok(admin.put("/v1/credentials/own", Map.of("accessToken", RunningSystem.TOKEN)), 204);
        var ann = people.registered();
        var ben = people.registered();
        var jobOfAnn = launched(ann);
        var jobOfBen = launched(ben);
        var page = chromium.visitor();
        page.navigate(console(""));

        logIn(page, ann.name(), People.PASSWORD);

        assertThat(page.locator(".who .name")).hasAttribute("title", "advertiser, publisher");
        assertThat(page.locator("a[href='/console/jobs/" + jobOfAnn + "']")).isVisible();
        assertThat(page.locator("a[href='/console/jobs/" + jobOfBen + "']")).hasCount(0);
        assertThat(page.navigate(console("/jobs/" + jobOfAnn)).status()).isEqualTo(200);
        assertThat(page.navigate(console("/jobs/" + jobOfBen)).status()).isEqualTo(404);
        assertThat(page.locator("h1")).hasText("No such job");
        var refusedToSomebodyElse = UUID.randomUUID().toString();
        assertThat(people.registered().http().get("/v1/audit?actor=" + refusedToSomebodyElse).status()).isEqualTo(403);
        await("what is refused is in the audit").atMost(RunningSystem.PATIENCE)
                .until(() -> audit(admin).contains("GET /v1/audit"));
        assertThat(audit(admin)).doesNotContain("/v1/kill-switches");
    }

    private static String audit(HttpApi admin) {
        return ok(admin.get("/v1/audit"), 200).toString();
    }

    @Test
    void is_done_by_keyboard_alone() {
        var ann = people.registered();
        var page = chromium.visitor();
        var keyboard = new Keyboard(page);
        page.navigate(console("/design"));

        assertThat(page.getByLabel("Name")).isFocused();
        keyboard.type(ann.name());
        keyboard.tab();
        keyboard.type(People.PASSWORD);
        keyboard.tab();
        keyboard.press("Enter");
        assertThat(page).hasURL(console("/design"));
        keyboard.tabTo(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out")));
        keyboard.press("Enter");
        assertThat(page.locator("h1")).hasText("Log in");
    }

    @Test
    void works_without_scripts_and_says_what_was_wrong_without_the_password() {
        var ann = people.registered();
        var page = chromium.visitor(options -> options.setJavaScriptEnabled(false));
        page.navigate(console("/design"));

        logIn(page, ann.name(), "not-the-password");

        assertThat(page.locator("[role=alert]")).containsText("The name or the password is wrong.");
        assertThat(page.getByLabel("Name")).hasValue(ann.name());
        assertThat(page.getByLabel("Password")).hasValue("");
        page.getByLabel("Password").fill(People.PASSWORD);
        page.getByLabel("Password").press("Enter");
        assertThat(page).hasURL(console("/design"));
    }

    @Test
    void leaves_a_browser_nothing_but_cookies_that_no_script_reads_and_no_token_anywhere() {
        var page = chromium.visitor();
        var addresses = new ArrayList<String>();
        page.onRequest(request -> addresses.add(request.url()));
        page.navigate(console(""));

        logIn(page, "admin", people.adminPassword());

        assertThat(page.locator("h1")).hasText("Launches");
        assertThat(page.evaluate("document.cookie")).isEqualTo("");
        var kept = page.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])");
        var cookies = page.context().cookies();
        assertThat(cookies).extracting(cookie -> cookie.name).containsOnly("console-session", "console-csrf");
        assertThat(cookies).allMatch(cookie -> cookie.httpOnly && cookie.path.equals("/console"));
        var all = page.content() + kept + addresses + cookies.stream().map(cookie -> cookie.value).toList();
        // Each token of ours begins like this, in Base64 of {".
        assertThat(all).doesNotContain("eyJ").doesNotContain(people.adminPassword());
        assertThat(Chromium.violations(page)).isEmpty();
    }

    @Test
    void a_session_that_was_ended_elsewhere_leads_to_the_log_in_and_back() {
        var ann = people.registered();
        var page = chromium.visitor();
        page.navigate(console(""));
        logIn(page, ann.name(), People.PASSWORD);
        assertThat(page.locator("h1")).hasText("Launches");

        ok(ann.http().post("/api/auth/logout-all", Map.of()), 204);

        await("the job-service has heard").atMost(RunningSystem.PATIENCE).until(() -> {
            page.navigate(console("?status=failed"));
            return page.locator("h1").textContent().equals("Log in");
        });
        assertThat(page.locator("[role=status]")).containsText("Your session is over");
        logIn(page, ann.name(), People.PASSWORD);
        assertThat(page).hasURL(console("?status=failed"));
    }

    @Test
    void whoever_tries_many_passwords_takes_nobody_elses_tries_away() throws Exception {
        var ann = people.registered();
        for (int i = 0; i < TRIES; i++) {
            assertThat(tried("198.51.100.1", "nobody-" + i, "wrong").statusCode()).isEqualTo(401);
        }

        assertThat(tried("198.51.100.1", ann.name(), People.PASSWORD).statusCode()).isEqualTo(429);
        assertThat(tried("198.51.100.2", ann.name(), People.PASSWORD).statusCode()).isEqualTo(303);
    }

    /** Through a proxy that is believed. */
    private static HttpResponse<String> tried(String address, String name, String password) throws Exception {
        try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(PROXY)).build()) {
            var login = URI.create("http://127.0.0.1:" + system.api().getPort() + "/console/login");
            var form = client.send(HttpRequest.newBuilder(login).build(), BodyHandlers.ofString());
            var token = FORM.matcher(form.body());
            assertThat(token.find()).isTrue();
            var body = "_csrf=" + token.group(1) + "&username=" + name + "&password="
                    + URLEncoder.encode(password, StandardCharsets.UTF_8);
            return client.send(HttpRequest.newBuilder(login).header("x-forwarded-for", address)
                    .header("cookie", form.headers().firstValue("set-cookie").orElseThrow().split(";")[0])
                    .header("content-type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void is_for_everybody_and_on_every_screen() {
        var page = chromium.visitor();
        page.navigate(console("/login"));
        logIn(page, "admin", people.adminPassword());
        assertThat(page.locator("h1")).hasText("Launches");
        var loggedIn = page.context().storageState();

        chromium.isForEverybody(console("/login"), "login");
        chromium.isForEverybody(console("/login"), "login-again", options -> options.setStorageState(loggedIn));
        chromium.isForEverybody(console(""), "launches-logged-in", options -> options.setStorageState(loggedIn));
    }

    private static String launched(Person person) {
        var request = Requests.oneFiftyOne("act_" + Math.abs(person.userId().hashCode()), 1)
                .setUserId(person.userId()).setCredentialId("own").build();
        return ok(person.http().post("/v1/jobs", Requests.body(request),
                Map.of("Idempotency-Key", request.getIdempotencyKey())), 202).path("jobId").asString();
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
