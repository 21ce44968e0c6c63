package io.campaignlauncher.job.http;

import io.campaignlauncher.job.calls.GraphCalls;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The route of a job's requests to Facebook. */
@Configuration(proxyBeanMethods = false)
public class CallRoutesConfiguration {

    @Bean
    @Order(0)
    RouterFunction<ServerResponse> callRoutes(GraphCalls calls, DataSource dataSource, HttpSettings settings) {
        return RouterFunctions.route()
                .GET("/v1/jobs/{jobId}/calls",
                        new CallReads(calls, new IdempotencyKeys(JdbcClient.create(dataSource)), settings)::calls)
                .filter(Responses::withProblems)
                .build();
    }
}
