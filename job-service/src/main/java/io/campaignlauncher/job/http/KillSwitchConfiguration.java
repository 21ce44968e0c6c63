package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.job.view.CountsHeldJobs;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import java.util.LinkedHashMap;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The kill switches over HTTP: routes to see and to turn them, and their states in {@code /actuator/info}. */
@Configuration(proxyBeanMethods = false)
public class KillSwitchConfiguration {

    /** With an order, so that it comes before the route for addresses that nobody answers. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> killSwitchRoutes(KillSwitches switches, CountsHeldJobs held,
            AuditedChanges audited, HttpSettings settings) {
        var turns = new KillSwitchRoutes(switches, held, audited, settings);
        return RouterFunctions.route()
                .GET("/v1/kill-switches", turns::all)
                .GET("/v1/kill-switches/{name}", turns::one)
                .PUT("/v1/kill-switches/{name}", turns::turn)
                .filter(Responses::withProblems)
                .build();
    }

    @Bean
    InfoContributor killSwitchInfo(KillSwitches switches) {
        return info -> {
            var states = new LinkedHashMap<String, Object>();
            for (var which : KillSwitch.values()) {
                states.put(which.wireName(), switches.isOn(which) ? "on" : "off");
            }
            info.withDetail("killSwitches", states);
        };
    }
}
