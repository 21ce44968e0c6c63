package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.job.attention.Attention;
import io.campaignlauncher.job.letters.LetterReader;
import io.campaignlauncher.job.letters.LetterTable;
import io.campaignlauncher.job.letters.Redrives;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Readiness;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What operators do something about, over HTTP: dead letters, and what waits for a person. */
@Configuration(proxyBeanMethods = false)
public class OperatorRoutesConfiguration {

    /** With an order, so that it comes before the route for addresses that nobody answers. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> operatorRoutes(LetterTable letters, LetterReader reader, Redrives redrives,
            Attention attention, Readiness readiness, KillSwitches switches, AuditedChanges audited,
            HttpSettings settings) {
        var dead = new DeadLetterRoutes(letters, reader, redrives, audited, settings);
        var waiting = new AttentionReads(attention, readiness, switches, settings);
        return RouterFunctions.route()
                .GET("/v1/dead-letters", dead::list)
                .GET("/v1/dead-letters/{topic}/{partition}/{offset}", dead::one)
                .POST("/v1/dead-letters/redrive", dead::redrive)
                .GET("/v1/attention", waiting::all)
                .filter(Responses::withProblems)
                .build();
    }
}
