package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who people are, and how they show it. */
@ExtendWith(OutputCaptureExtension.class)
class LogInTest {

    private static final String SESSION = "console-session=";

    private FakeIdentity identity;
    private RunningConsole console;

    @BeforeEach
    void start() {
        identity = new FakeIdentity();
        identity.user("ann", "advertiser", "publisher");
        identity.user("boss", "super_admin");
        console = RunningConsole.knowing(identity, "--launch.security.mode=tokens");
    }

    @AfterEach
    void stop() {
        console.close();
        identity.close();
    }

    @Test
    void leads_from_a_page_to_the_log_in_and_back_with_its_query() {
        var led = console.get("/console?status=failed&userId=u%201");
        assertThat(led.statusCode()).isEqualTo(303);
        var address = led.headers().firstValue("location").orElseThrow();

        var page = console.get(address);
        assertThat(page.body()).contains("name=\"next\" value=\"/console?status=failed&amp;userId=u%201\"");
        var answer = logIn("ann", FakeIdentity.PASSWORD, "/console?status=failed&userId=u%201");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).contains("/console?status=failed&userId=u%201");
        assertThat(console.get("/console", "cookie", session(answer)).statusCode()).isEqualTo(200);
    }

    @Test
    void asks_services_with_the_token_of_the_log_in_and_says_whom_it_is_for() {
        var cookie = session(logIn("ann"));
        console.asked().clear();

        assertThat(console.get("/console", "cookie", cookie).body()).contains("ann", "Log out")
                .doesNotContain("access-", "refresh-");

        assertThat(console.askedForPages()).hasSize(1).allSatisfy(one -> {
            assertThat(identity.nameOf(one.authorization())).contains("ann");
            assertThat(one.address()).isEqualTo("127.0.0.1");
        });
        assertThat(identity.addresses()).containsOnly("127.0.0.1");
    }

    @Test
    void gives_a_browser_a_word_that_no_script_reads_and_no_other_site_has_sent_and_another_at_each_log_in() {
        var before = logIn("ann");
        var planted = SESSION + "planted";
        var after = logIn("ann", FakeIdentity.PASSWORD, "/console", "cookie", planted);

        assertThat(setCookie(after)).containsIgnoringCase("HttpOnly").contains("SameSite=Strict", "Path=/console")
                .doesNotContain("Max-Age",
                        "Domain");
        assertThat(session(after)).isNotEqualTo(session(before)).isNotEqualTo(planted).hasSize(SESSION.length() + 43);
        assertThat(console.get("/console", "cookie", planted).statusCode()).isEqualTo(303);
    }

    @Test
    void a_log_in_ends_what_the_same_browser_was_logged_in_as_before() {
        var ann = session(logIn("ann"));

        var boss = session(logIn("boss", FakeIdentity.PASSWORD, "/console", "cookie", ann));

        assertThat(console.get("/console", "cookie", ann).statusCode()).isEqualTo(303);
        assertThat(console.get("/console", "cookie", boss).statusCode()).isEqualTo(200);
        assertThat(identity.live()).isEqualTo(1);
    }

    @Test
    void takes_no_log_in_without_the_token_of_its_page() {
        assertThat(console.post("/console/login", "username=ann&password=" + FakeIdentity.PASSWORD).statusCode())
                .isEqualTo(403);
        assertThat(logIn("ann", FakeIdentity.PASSWORD, "/console", "sec-fetch-site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(identity.live()).isZero();
    }

    @Test
    void whoever_followed_a_link_from_elsewhere_goes_on_by_one_of_ours() {
        assertThat(console.get("/console/login?next=%2Fconsole%2Fdesign", "sec-fetch-site", "cross-site").body())
                .contains("<a href=\"/console/design\">Go on</a>");
        assertThat(console.get("/console/login?next=%2Fconsole%2Fdesign").body()).doesNotContain("Go on</a>");
    }

    @Test
    void leads_nobody_elsewhere_after_the_log_in() {
        for (var next : List.of("https://example.com", "//example.com", "/console/../../docs", "/console//x",
                "/console?x=%zz", "/consolex", "javascript:alert(1)")) {
            assertThat(logIn("ann", FakeIdentity.PASSWORD, next).headers().firstValue("location")).as(next)
                    .contains("/console");
        }
    }

    @Test
    void says_the_same_whatever_is_wrong_and_shows_the_name_again_and_never_the_password() {
        var wrong = logIn("ann", "my-secret-guess", "/console/design");
        var nobody = logIn("nobody", "my-secret-guess", "/console/design");

        for (var answer : List.of(wrong, nobody, logIn("ann", "", "/console/design"))) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("The name or the password is wrong.",
                    "name=\"next\" value=\"/console/design\"").doesNotContain("my-secret-guess");
            assertThat(setCookie(answer)).isEmpty();
        }
        assertThat(wrong.body()).contains("value=\"ann\"");
    }

    @Test
    void says_when_to_try_again_after_too_many_tries_and_asks_nobody_until_then() {
        var answers = IntStream.range(0, 40).mapToObj(_ -> logIn("ann", "wrong", "/console")).toList();

        var last = answers.getLast();
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("retry-after").orElse("")).matches("\\d+");
        assertThat(last.body()).contains("Too many tries", "Try again in ").contains("value=\"ann\"");
        assertThat(identity.addresses()).hasSizeLessThan(40);
    }

    @Test
    void keeps_the_form_while_the_identity_service_is_away() {
        identity.goAway();

        var answer = logIn("ann", FakeIdentity.PASSWORD, "/console/design");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("Nobody can log in at the moment", "value=\"ann\"",
                "value=\"/console/design\"").doesNotContain(FakeIdentity.PASSWORD);
        identity.comeBack();
        assertThat(logIn("ann").statusCode()).isEqualTo(303);
    }

    @Test
    void log_out_ends_the_session_here_and_at_the_identity_service() {
        var cookie = session(logIn("ann"));
        assertThat(identity.live()).isEqualTo(1);

        var answer = logOut(cookie);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).contains("/console/login");
        assertThat(setCookie(answer)).contains("Max-Age=0");
        assertThat(identity.live()).isZero();
        assertThat(console.get("/console", "cookie", cookie).statusCode()).isEqualTo(303);
    }

    @Test
    void log_out_ends_both_although_the_access_token_is_over() {
        var cookie = session(logIn("ann"));
        identity.timeGoesOn();

        logOut(cookie);

        assertThat(identity.live()).isZero();
    }

    @Test
    void log_out_ends_the_session_here_while_the_identity_service_is_away() {
        var cookie = session(logIn("ann"));
        identity.goAway();

        assertThat(logOut(cookie).statusCode()).isEqualTo(303);

        assertThat(console.get("/console", "cookie", cookie).statusCode()).isEqualTo(303);
    }

    @Test
    void a_restart_ends_sessions_and_the_log_in_says_so_once() {
        var cookie = session(logIn("ann"));
        console.close();
        console = RunningConsole.knowing(identity, "--launch.security.mode=tokens");

        assertThat(console.get("/console", "cookie", cookie).statusCode()).isEqualTo(303);
        var page = console.get("/console/login", "cookie", cookie);

        assertThat(page.body()).contains("Your session is over");
        assertThat(setCookie(page)).contains("Max-Age=0");
        assertThat(console.get("/console/login").body()).doesNotContain("Your session is over");
    }

    @Test
    void at_this_machine_a_log_in_counts_over_sitting_there_and_its_end_makes_nobody_the_local_operator() {
        console.close();
        console = RunningConsole.knowing(identity);
        assertThat(console.get("/console/design").body()).contains("local-operator").contains(">Log in</a>");
        var cookie = session(logIn("ann"));

        assertThat(console.get("/console/design", "cookie", cookie).body()).contains("ann")
                .doesNotContain("local-operator");
        identity.endAll();
        console.asked().clear();
        assertThat(console.get("/console", "cookie", cookie).statusCode()).isEqualTo(303);
        assertThat(console.get("/console", "cookie", cookie).statusCode()).isEqualTo(303);

        assertThat(console.askedForPages()).hasSize(1).allMatch(one -> one.authorization().startsWith("Bearer "));
        assertThat(console.get("/console/login", "cookie", cookie).body()).contains("Your session is over",
                "need not log in");
    }

    @Test
    void says_no_token_and_no_password_in_any_log_whatever_goes_wrong(CapturedOutput output) {
        console.close();
        console = RunningConsole.knowing(identity, "--launch.security.mode=tokens", "--logging.level.root=debug");
        logIn("ann", "my-secret-guess", "/console");
        var cookie = session(logIn("ann"));
        identity.timeGoesOn();
        console.get("/console", "cookie", cookie);
        identity.timeGoesOn();
        identity.next(FakeIdentity.Fault.LOST_AFTER);
        console.get("/console", "cookie", cookie);
        identity.goAway();
        logIn("ann");

        assertThat(output).contains("/api/auth/refresh").doesNotContain("my-secret-guess",
                FakeIdentity.PASSWORD, "access-", "refresh-", cookie.substring(SESSION.length()));
    }

    @Test
    void shows_its_figures_to_admins_and_to_keys_that_are_for_them() {
        identity.key("cl_metrics", "metrics:read");
        identity.key("cl_jobs", "jobs:read");
        logIn("ann", "wrong", "/console");
        var ann = session(logIn("ann"));

        var figures = console.get("/actuator/prometheus", "authorization", "Bearer cl_metrics");
        assertThat(figures.statusCode()).isEqualTo(200);
        assertThat(figures.body()).contains("console_sessions 1.0", "console_log_ins_total{outcome=\"ok\"} 1.0",
                "console_log_ins_total{outcome=\"refused\"} 1.0", "console_sessions_ended_total{why=\"log_out\"} 0.0")
                .doesNotContain("access-", "refresh-");
        assertThat(console.get("/actuator/prometheus", "cookie", session(logIn("boss"))).statusCode()).isEqualTo(200);
        assertThat(console.get("/actuator/prometheus", "authorization", "Bearer cl_jobs").statusCode()).isEqualTo(403);
        assertThat(console.get("/actuator/prometheus", "authorization", "Bearer cl_wrong").statusCode()).isEqualTo(401);
        assertThat(console.get("/actuator/prometheus", "cookie", ann).statusCode()).isEqualTo(403);
        assertThat(console.get("/console", "authorization", "Bearer cl_metrics").statusCode())
                .as("a key is for no page").isEqualTo(303);
        identity.goAway();
        assertThat(console.get("/actuator/prometheus", "authorization", "Bearer cl_metrics").statusCode())
                .isEqualTo(503);
    }

    @Test
    void is_a_step_of_the_trace_that_services_go_on_with() {
        var answer = console.get("/console/design", "cookie", session(logIn("boss")), "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(answer.headers().firstValue("traceresponse").orElse(""))
                .startsWith("00-0af7651916cd43dd8448eb211c80319c-");
        assertThat(console.asked().getLast().traceparent()).startsWith("00-0af7651916cd43dd8448eb211c80319c-")
                .doesNotContain("b7ad6b7169203331");
    }

    @Test
    void says_which_roles_a_page_is_for() {
        identity.user("paul", "publisher");
        var cookie = session(logIn("paul"));
        console.asked().clear();

        var page = console.get("/console", "cookie", cookie);

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("advertiser, moderator, admin, super_admin").doesNotContain(">Launches</a>");
        assertThat(console.asked()).isEmpty();
    }

    @Test
    void asks_for_switches_only_where_who_looks_may_know_them() {
        var ann = session(logIn("ann"));
        var boss = session(logIn("boss"));
        console.asked().clear();

        console.get("/console/design", "cookie", ann);
        assertThat(console.askedForPages()).isEmpty();
        console.get("/console/design", "cookie", boss);
        assertThat(console.askedForPages()).extracting(RunningConsole.Asked::line)
                .containsExactly("GET /v1/kill-switches");
    }

    @Test
    void has_browsers_send_cookies_over_https_alone_where_they_come_by_it() {
        console.close();
        console = RunningConsole.knowing(identity, "--launch.security.mode=tokens", "--launch.console.https=true");

        var page = console.get("/console/login");
        var answer = logIn("ann");

        assertThat(page.headers().allValues("set-cookie")).isNotEmpty()
                .allMatch(cookie -> cookie.startsWith("__Secure-console-") && cookie.contains("; Secure"));
        assertThat(answer.headers().allValues("set-cookie")).anyMatch(cookie -> cookie.startsWith(
                "__Secure-console-session=") && cookie.contains("; Secure"));
        assertThat(console.post("/console/theme", "theme=dark&_csrf=" + ConsoleTest.token(page), "cookie",
                ConsoleTest.cookie(page)).headers().firstValue("set-cookie").orElse(""))
                .startsWith("__Secure-console-theme=dark").contains("; Secure");
    }

    @Test
    void leads_a_script_of_a_page_to_the_log_in_and_not_into_the_page() {
        var answer = console.get("/console/jobs/1", "HX-Request", "true", "HX-Current-URL",
                "http://localhost:8087/console/design?x=1");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("hx-redirect"))
                .contains("/console/login?next=%2Fconsole%2Fdesign%3Fx%3D1");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void whose_people_log_in_elsewhere_is_told_so_and_nothing_is_asked() {
        console.close();
        console = RunningConsole.knowing(identity, "--launch.security.mode=tokens",
                "--launch.security.issuer=https://login.example/realms/house");

        assertThat(console.get("/console/login").body()).contains("launch.security.issuer")
                .doesNotContain("type=\"password\"");
        assertThat(logIn("ann").statusCode()).isEqualTo(404);
        assertThat(identity.addresses()).isEmpty();
    }

    private HttpResponse<String> logIn(String name) {
        return logIn(name, FakeIdentity.PASSWORD, "/console");
    }

    private HttpResponse<String> logIn(String name, String password, String next, String... headers) {
        return console.logIn(name, password, next, headers);
    }

    private HttpResponse<String> logOut(String session) {
        var page = console.get("/console/login");
        return console.post("/console/logout", "_csrf=" + ConsoleTest.token(page), "cookie",
                ConsoleTest.cookie(page) + "; " + session);
    }

    /** Empty: none. */
    private static String setCookie(HttpResponse<String> answer) {
        return answer.headers().allValues("set-cookie").stream().filter(cookie -> cookie.startsWith(SESSION))
                .findFirst().orElse("");
    }

    static String session(HttpResponse<String> answer) {
        return setCookie(answer).split(";")[0];
    }
}
