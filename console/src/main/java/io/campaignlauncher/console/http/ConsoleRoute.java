package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.RouteRule.open;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.model.RouteRule;
import java.util.Arrays;
import java.util.List;

/** Every route of this service with the rule of who may ask there. Routes are made from this table, so none can be without a rule. */
enum ConsoleRoute {
    ROOT(open("GET", "/")), //
    ASSET(open("GET", "/console/assets/{hash}/{name}")), //
    THEME(open("POST", "/console/theme")), //
    DESIGN(people("GET", "/console/design")), //
    LAUNCHES(people("GET", "/console")), //
    LAUNCH(people("GET", "/console/jobs/{jobId}")), //
    HEALTH(open("GET", "/actuator/health/**"));

    private final RouteRule rule;

    ConsoleRoute(RouteRule rule) {
        this.rule = rule;
    }

    RouteRule rule() {
        return rule;
    }

    /** In the order in which they are looked at. */
    static List<RouteRule> rules() {
        return Arrays.stream(values()).map(ConsoleRoute::rule).toList();
    }
}
