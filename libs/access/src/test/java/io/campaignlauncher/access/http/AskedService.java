package io.campaignlauncher.access.http;

import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A service with one route, which says who asks. */
final class AskedService implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ AccessConfiguration.class, ServerThreadsConfiguration.class })
    static class OneRoute {

        @Bean
        RouteTable routeTable() {
            return new RouteTable(List.of(people("GET", "/who", Role.values())));
        }

        @Bean
        RouterFunction<ServerResponse> who() {
            return RouterFunctions.route().GET("/who", request -> PrincipalToken.of(request)
                    .flatMap(one -> ServerResponse.ok().bodyValue(String.join(" ", one.tenant(), one.subject(),
                            one.username(), Role.words(one.roles()).toString()))))
                    .build();
        }

        /** Nothing of ours has ended. */
        @Bean
        Holders holders() {
            return new Holders() {

                @Override
                public Mono<Principal> of(Jwt token) {
                    return Mono.justOrEmpty(TokenClaims.own(token).map(TokenClaims.Own::principal));
                }

                @Override
                public Mono<Principal> of(ApiKeyText key) {
                    return Mono.empty();
                }
            };
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    AskedService(String... settings) {
        context = new SpringApplicationBuilder(OneRoute.class).web(WebApplicationType.REACTIVE)
                .properties(Stream.concat(Stream.of("server.address=127.0.0.1", "server.port=0",
                        "spring.autoconfigure.exclude="
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                                + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"),
                        Stream.of(settings)).toArray(String[]::new))
                .run();
    }

    /** @param token null: none */
    HttpResponse<String> who(@Nullable String token) {
        var request = HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + "/who"));
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        context.close();
    }

    @Override
    public void close() {
        stop();
        client.close();
    }
}
