package io.campaignlauncher.job.http;

import io.campaignlauncher.job.look.Looks;
import io.campaignlauncher.job.stored.JobHistory;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The routes of looks at Facebook. Needs Looks, a JobHistory, a DataSource. */
@Configuration(proxyBeanMethods = false)
public class LookRoutesConfiguration {

    @Bean
    @Order(0)
    RouterFunction<ServerResponse> lookRoutes(Looks looks, JobHistory history, DataSource dataSource) {
        var routes = new LookRoutes(looks, history,
                new HistoryReads(history, new IdempotencyKeys(JdbcClient.create(dataSource))));
        return RouterFunctions.route()
                .GET("/v1/jobs/{jobId}/looks", routes::latest)
                .POST("/v1/jobs/{jobId}/looks", routes::look)
                .filter(Responses::withProblems)
                .build();
    }
}
