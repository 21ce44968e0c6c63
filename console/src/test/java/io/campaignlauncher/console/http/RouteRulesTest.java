package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.RouteRule;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where everybody shows who they are, nobody unknown sees a page: all lead to the log-in, and no service is asked for them. */
class RouteRulesTest {

    private static final Set<String> OPEN = Set.of("GET /", "GET /console/assets/{hash}/{name}", "POST /console/theme",
            "GET /console/login", "POST /console/login", "POST /console/logout", "GET /actuator/health/**");

    @Test
    void every_route_but_the_open_ones_leads_whoever_is_unknown_to_the_log_in() {
        try (var identity = new FakeIdentity();
                var console = RunningConsole.knowing(identity, "--launch.security.mode=tokens")) {
            assertThat(console.rules()).extracting(RouteRule::toString).containsAll(OPEN);
            for (var rule : console.rules()) {
                assertThat(rule.isForAnybody()).as(rule.toString()).isEqualTo(OPEN.contains(rule.toString()));
                if (!rule.isForAnybody()) {
                    leadsToTheLogIn(rule, ask(console, rule));
                    leadsToTheLogIn(rule, ask(console, rule, "authorization", "Bearer cl_any"));
                    leadsToTheLogIn(rule, ask(console, rule, "cookie", "console-session=guess"));
                }
            }
            assertThat(console.get("/console/elsewhere").statusCode()).isEqualTo(404);
            assertThat(console.asked()).isEmpty();
        }
    }

    private static void leadsToTheLogIn(RouteRule rule, HttpResponse<String> answer) {
        if (rule.path().startsWith("/actuator/")) {
            assertThat(answer.statusCode()).as(rule.toString()).isEqualTo(401);
            assertThat(answer.body()).as(rule.toString()).contains("Nobody known asks").doesNotContain("# HELP");
        } else if (rule.method().equals("GET")) {
            assertThat(answer.statusCode()).as(rule.toString()).isEqualTo(303);
            assertThat(answer.headers().firstValue("location").orElse("")).as(rule.toString())
                    .startsWith("/console/login?next=%2Fconsole");
            assertThat(answer.body()).as(rule.toString()).isEmpty();
        } else {
            assertThat(answer.statusCode()).as(rule.toString()).isEqualTo(401);
            assertThat(answer.body()).as(rule.toString()).contains("What you sent was not taken",
                    "href=\"/console/login");
        }
    }

    private static HttpResponse<String> ask(RunningConsole console, RouteRule rule, String... headers) {
        var path = rule.path().replaceAll("\\{\\w+}", "34498280-a3ca-3807-b2fa-69ed47c36fae");
        if (rule.method().equals("GET")) {
            return console.get(path, headers);
        }
        var page = console.get("/console/login");
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("cookie", ConsoleTest.cookie(page)));
        return console.post(path, "_csrf=" + ConsoleTest.token(page), all.toArray(String[]::new));
    }
}
