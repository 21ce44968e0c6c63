package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page, where whoever sits at this machine need not log in. */
class ConsoleTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private RunningConsole console;

    @BeforeEach
    void start() {
        console = new RunningConsole();
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void leads_from_the_root_to_the_launches() {
        assertThat(console.get("/").headers().firstValue("location")).contains("/console");
    }

    @Test
    void says_what_to_do_where_there_is_no_launch() {
        assertThat(console.get("/console").body()).contains("No launches yet", "campaign-tools launch");
    }

    @Test
    void lets_a_page_load_nothing_from_elsewhere_and_keeps_none() {
        var headers = console.get("/console").headers();

        assertThat(headers.firstValue("content-security-policy").orElse("")).startsWith("default-src 'none';")
                .contains("script-src 'self';").doesNotContain("unsafe");
        assertThat(headers.firstValue("cache-control")).contains("no-store");
        assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
        assertThat(headers.firstValue("referrer-policy")).contains("no-referrer");
    }

    @Test
    void has_a_browser_keep_scripts_for_good_under_an_address_that_says_what_is_in_them() {
        var address = Pattern.compile("/console/assets/\\w+/htmx.js").matcher(console.get("/console").body());
        assertThat(address.find()).isTrue();

        var answer = console.get(address.group());

        assertThat(answer.headers().firstValue("cache-control").orElse("")).contains("immutable", "max-age=31536000");
        assertThat(answer.body()).contains("htmx");
        assertThat(console.get("/console/assets/000000000000/htmx.js").statusCode()).isEqualTo(404);
    }

    @Test
    void encodes_what_an_address_holds_on_the_way_to_a_service_and_on_the_page() {
        console.answer("GET /v1/jobs?limit=50&userId=%3Cb%3E%26status%3Dfailed", 200, "{\"jobs\":[],\"next\":null}");

        var page = console.get("/console?userId=%3Cb%3E%26status%3Dfailed");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("value=\"&lt;b>&amp;status=failed\"").contains("No launch is like that");
        assertThat(console.get("/console/jobs/..%2F..%2Factuator").statusCode()).isEqualTo(400);
        assertThat(console.asked()).noneMatch(asked -> asked.line().startsWith("GET /actuator"));
    }

    @Test
    void shows_what_a_service_says_went_wrong_in_its_words() {
        console.answer("GET /v1/jobs?limit=50&userId=x", 400, """
                {"title":"The request breaks rules","detail":"One mistake was found.","traceId":"bb34",
                 "errors":[{"field":"userId","message":"is too short"}]}""");

        var page = console.get("/console?userId=x");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("The request breaks rules", "One mistake was found.", "<code>userId</code>",
                "is too short", "bb34");
    }

    @Test
    void says_so_where_a_service_is_away_and_is_not_ready() {
        assertThat(console.get("/console").statusCode()).isEqualTo(200);
        console.endOthers();

        var page = console.get("/console");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("The job-service does not answer", "Try again");
        var readiness = console.get("/actuator/health/readiness");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body()).contains("job-service");
    }

    @Test
    void has_a_page_of_what_pages_are_made_of() {
        var page = console.get("/console/design");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<svg class=\"waterfall\"", "<svg class=\"budget\"", "id=\"travel\"",
                "Stop the launch", "Somebody turned it on; it was made paused.", "Your decision is asked for",
                "Creating on Facebook is switched off", "rel=\"next\"", "82 %");
    }

    @Test
    void has_a_banner_on_every_page_while_a_switch_is_off() {
        console.switches("{\"name\":\"creation\",\"enabled\":false,\"turnedBy\":\"boss\",\"reason\":\"wrong prices\","
                + "\"waiting\":3}");

        assertThat(console.get("/console/design").body())
                .contains("Creating on Facebook is switched off</strong>, by boss: wrong prices");
        assertThat(console.get("/console/jobs/1").body()).contains("Creating on Facebook is switched off",
                "3 launches wait.");
    }

    @Test
    void takes_no_form_without_the_token_of_its_page() {
        var page = console.get("/console");
        var form = "theme=dark&back=/console/design";

        assertThat(console.post("/console/theme", form).statusCode()).isEqualTo(403);
        assertThat(console.post("/console/theme", form + "&_csrf=" + token(page)).statusCode()).isEqualTo(403);
        assertThat(console.post("/console/theme", form + "&_csrf=guess", "cookie", cookie(page)).statusCode())
                .isEqualTo(403);
        var answer = console.post("/console/theme", form + "&_csrf=" + token(page), "cookie", cookie(page));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).contains("/console/design");
        assertThat(console.get("/console", "cookie", "console-theme=dark").body()).contains("data-theme=\"dark\"");
    }

    @Test
    void leads_nobody_elsewhere() {
        var page = console.get("/console");
        for (var back : new String[]{ "https://example.com", "//example.com", "/console/../../docs", "/console//x" }) {
            assertThat(console.post("/console/theme", "theme=dark&back=" + back + "&_csrf=" + token(page), "cookie",
                    cookie(page)).headers().firstValue("location")).as(back).contains("/console");
        }
    }

    @Test
    void takes_no_form_that_a_page_elsewhere_sends() {
        var page = console.get("/console");

        assertThat(console.post("/console/theme", "theme=dark&_csrf=" + token(page), "cookie", cookie(page),
                "sec-fetch-site", "cross-site").statusCode()).isEqualTo(403);
    }

    @Test
    void has_no_page_without_a_rule() {
        assertThat(console.get("/console/elsewhere").statusCode()).isEqualTo(404);
        assertThat(console.get("/elsewhere").statusCode()).isEqualTo(404);
    }

    static String token(HttpResponse<String> page) {
        var token = TOKEN.matcher(page.body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    /** All that it set. */
    static String cookie(HttpResponse<String> page) {
        return String.join("; ", page.headers().allValues("set-cookie").stream()
                .map(cookie -> cookie.split(";")[0]).toList());
    }
}
