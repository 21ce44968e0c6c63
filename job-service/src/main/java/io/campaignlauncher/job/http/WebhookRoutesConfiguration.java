package io.campaignlauncher.job.http;

import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.webhook.WebhookRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Registered webhooks over HTTP. */
@Configuration(proxyBeanMethods = false)
public class WebhookRoutesConfiguration {

    /** With an order, so that it comes before the route for addresses that nobody answers. */
    @Bean
    @Order(0)
    RouterFunction<ServerResponse> webhookRoutes(WebhookRegistry webhooks, WebhookRules rules, Callers callers,
            HttpSettings settings) {
        var routes = new WebhookRoutes(webhooks, rules, callers, settings);
        return RouterFunctions.route()
                .GET("/v1/webhooks", routes::list)
                .POST("/v1/webhooks", routes::register)
                .POST("/v1/webhooks/{webhookId}/rotate", routes::rotate)
                .DELETE("/v1/webhooks/{webhookId}", routes::delete)
                .filter(Responses::withProblems)
                .build();
    }
}
