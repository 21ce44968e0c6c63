package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where everybody shows who they are, nobody sees a page: there is no log-in yet. */
class RouteRulesTest {

    private static final Set<ConsoleRoute> OPEN = Set.of(ConsoleRoute.ROOT, ConsoleRoute.ASSET, ConsoleRoute.THEME,
            ConsoleRoute.HEALTH);

    @Test
    void every_route_but_the_open_ones_lets_nobody_unknown_in() {
        try (var console = new RunningConsole("--launch.security.mode=tokens")) {
            for (var route : ConsoleRoute.values()) {
                var rule = route.rule();
                assertThat(rule.isForAnybody()).as(rule.toString()).isEqualTo(OPEN.contains(route));
                if (!OPEN.contains(route)) {
                    var path = rule.path().replaceAll("\\{\\w+}", "34498280-a3ca-3807-b2fa-69ed47c36fae");
                    assertThat(console.get(path).statusCode()).as(rule.toString()).isEqualTo(401);
                    assertThat(console.get(path, "authorization", "Bearer cl_any").statusCode()).as(rule.toString())
                            .isEqualTo(401);
                }
            }
            assertThat(console.get("/console/elsewhere").statusCode()).isIn(401, 404);
            assertThat(console.asked()).isEmpty();
        }
    }
}
