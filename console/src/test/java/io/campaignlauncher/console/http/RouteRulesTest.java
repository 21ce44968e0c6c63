package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.RouteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where everybody shows who they are, nobody sees a page: there is no log-in yet. */
class RouteRulesTest {

    private static final Set<String> OPEN = Set.of("GET /", "GET /console/assets/{hash}/{name}", "POST /console/theme",
            "GET /actuator/health/**");

    @Test
    void every_route_but_the_open_ones_lets_nobody_unknown_in() {
        try (var console = new RunningConsole("--launch.security.mode=tokens")) {
            assertThat(console.rules()).extracting(RouteRule::toString).containsAll(OPEN);
            for (var rule : console.rules()) {
                assertThat(rule.isForAnybody()).as(rule.toString()).isEqualTo(OPEN.contains(rule.toString()));
                if (!rule.isForAnybody()) {
                    assertThat(ask(console, rule)).as(rule.toString()).isEqualTo(401);
                    assertThat(ask(console, rule, "authorization", "Bearer cl_any")).as(rule.toString())
                            .isEqualTo(401);
                }
            }
            assertThat(console.get("/console/elsewhere").statusCode()).isIn(401, 404);
            assertThat(console.asked()).isEmpty();
        }
    }

    private static int ask(RunningConsole console, RouteRule rule, String... headers) {
        var path = rule.path().replaceAll("\\{\\w+}", "34498280-a3ca-3807-b2fa-69ed47c36fae");
        if (rule.method().equals("GET")) {
            return console.get(path, headers).statusCode();
        }
        var page = console.get("/console/elsewhere");
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("cookie", ConsoleTest.cookie(page)));
        return console.post(path, "_csrf=" + ConsoleTest.token(page), all.toArray(String[]::new)).statusCode();
    }
}
