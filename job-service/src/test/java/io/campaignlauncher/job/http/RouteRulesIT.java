package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.campaignlauncher.access.audit.AuditedChanges;
import io.campaignlauncher.access.http.DoorConfiguration;
import io.campaignlauncher.access.http.Holders;
import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.access.http.TokenClaims;
import io.campaignlauncher.access.http.TracedRequests;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.job.view.CountsHeldJobs;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.testing.TestIssuer;
import io.campaignlauncher.testing.WalkedTable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Walks every route of the HTTP API as everybody, in both modes, and compares what comes of it with the table of docs/access.md. */
class RouteRulesIT {

    private static final Path PAGE = Path.of("../docs/access.md");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Set<UUID> ENDED = ConcurrentHashMap.newKeySet();
    private static final Map<String, Principal> KEYS = new ConcurrentHashMap<>();

    private static HttpApi api;
    private static TestIssuer issuer;
    private static ConfigurableApplicationContext tokens;
    private static ConfigurableApplicationContext local;
    private final HttpClient client = HttpClient.newHttpClient();

    /** The routes as the service has them, behind the rules and the door, without what stands behind. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({ DoorConfiguration.class, RulesConfiguration.class, KillSwitchConfiguration.class })
    static class RoutesOnly {

        @Bean
        RouterFunction<ServerResponse> launchRoutes() {
            return api.routes;
        }

        @Bean
        RouterFunction<ServerResponse> withoutRule() {
            return new HttpConfiguration().noSuchRoute().andRoute(
                    RequestPredicates.GET("/forgotten"),
                    _ -> ServerResponse.ok().build());
        }

        /** As the topic tells it. */
        @Bean
        Holders holders() {
            return new Holders() {

                @Override
                public Mono<Principal> of(Jwt token) {
                    return Mono.justOrEmpty(TokenClaims.own(token).filter(one -> !ENDED.contains(one.sessionId()))
                            .map(TokenClaims.Own::principal));
                }

                @Override
                public Mono<Principal> of(ApiKeyText key) {
                    return Mono.justOrEmpty(KEYS.get(key.text()));
                }
            };
        }

        @Bean
        TracedRequests tracedRequests() {
            return new TracedRequests();
        }

        @Bean
        KillSwitches killSwitches() {
            return api.switches;
        }

        @Bean
        CountsHeldJobs heldJobs() {
            return api.readModel.queries();
        }

        @Bean
        AuditedChanges auditedChanges() {
            return api.audited;
        }

        @Bean
        HttpSettings httpSettings() {
            return HttpSettings.defaults();
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }

    @BeforeAll
    static void start() {
        api = new HttpApi("route_rules", HttpSettings.defaults());
        issuer = TestIssuer.ours();
        tokens = started("tokens");
        local = started("local");
    }

    private static ConfigurableApplicationContext started(String mode) {
        return new SpringApplicationBuilder(RoutesOnly.class).web(WebApplicationType.REACTIVE)
                .properties("server.address=127.0.0.1", "server.port=0", "management.health.db.enabled=false",
                        "management.endpoints.web.exposure.include=health,info,prometheus",
                        "launch.security.mode=" + mode, "launch.security.jwks-uri=" + issuer.keysAddress(),
                        "spring.autoconfigure.exclude="
                                + "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                                + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration")
                .run();
    }

    @AfterAll
    static void stop() {
        tokens.close();
        local.close();
        issuer.close();
    }

    /** What to come with, by the words of the table. Null: nothing. */
    private static Map<String, Supplier<@Nullable String>> everybody() {
        var all = new LinkedHashMap<String, Supplier<@Nullable String>>();
        all.put("anonymous", () -> null);
        for (var role : Role.values()) {
            all.put(role.word(), () -> issuer.token(role.word()));
        }
        all.put("no role", () -> issuer.token());
        all.put("of another tenant", () -> issuer.token(claims -> claims.claim("tenant", "another")
                .claim("roles", List.of("advertiser"))));
        for (var scope : List.of(Scope.JOBS_LAUNCH, Scope.JOBS_READ, Scope.CREDENTIALS_WRITE)) {
            all.put("key with " + scope.word(), () -> key(scope));
        }
        all.put("key without a scope", RouteRulesIT::key);
        all.put("key that is not good", () -> ApiKeyText.next(new SecureRandom()).text());
        all.put("session over", () -> {
            var session = UUID.randomUUID();
            ENDED.add(session);
            return admin(claims -> claims.claim("sid", session.toString()));
        });
        all.put("expired", () -> admin(claims -> claims.expirationTime(new Date(System.currentTimeMillis() - 10_000))));
        all.put("other audience", () -> admin(claims -> claims.audience("another")));
        all.put("other issuer", () -> admin(claims -> claims.issuer("urn:another")));
        all.put("HS256 with the public key", RouteRulesIT::signedWithPublicKey);
        all.put("not signed", () -> new PlainJWT(issuer.claims(claims -> claims.claim("roles",
                List.of("super_admin")))).serialize());
        return all;
    }

    private static String key(Scope... scopes) {
        var key = ApiKeyText.next(new SecureRandom());
        KEYS.put(key.text(), new Principal("local", UUID.randomUUID().toString(), "ann", Set.of(Role.ADMIN),
                new Principal.Key(UUID.randomUUID(), Set.of(scopes))));
        return key.text();
    }

    private static String admin(Consumer<JWTClaimsSet.Builder> changes) {
        return issuer.token(claims -> changes.accept(claims.claim("roles", List.of("super_admin"))));
    }

    private static String signedWithPublicKey() {
        try {
            return TestIssuer.signed(new JWSHeader.Builder(JWSAlgorithm.HS256).type(new JOSEObjectType("at+jwt"))
                    .keyID(issuer.key().getKeyID()).build(),
                    issuer.claims(claims -> claims.claim("roles", List.of("super_admin"))),
                    new MACSigner(issuer.key().toECKey().toECPublicKey().getEncoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void every_route_lets_in_whom_the_table_says_and_nobody_else() {
        var everybody = everybody();
        var columns = Stream.concat(Stream.of("nobody, mode local"), everybody.keySet().stream()).toList();
        var table = new WalkedTable(PAGE, "job-service", columns);
        for (var rule : JobRoutes.rules()) {
            walk(table, rule.method(), rule.path(), everybody);
        }
        walk(table, "GET", "/anything/else", everybody);

        assertThat(table.made()).isEqualTo(table.written());
    }

    /** What is brought counts in both modes alike; who brings nothing is the local operator in one. */
    private void walk(WalkedTable table, String method, String path,
            Map<String, Supplier<@Nullable String>> everybody) {
        var asked = path.replace("{name}", "intake").replaceAll("\\{\\w+}", UUID.randomUUID().toString())
                .replace("health/**", "health").replace("actuator/**", "actuator/info")
                .replace("**", "swagger-ui/swagger-ui.css");
        var answers = everybody.values().stream().map(means -> what(tokens, method, asked, means.get())).toList();
        var locally = everybody.values().stream().map(means -> what(local, method, asked, means.get())).toList();
        assertThat(locally.subList(1, locally.size())).as(method + " " + path)
                .isEqualTo(answers.subList(1, answers.size()));
        table.row(method, path, Stream.concat(Stream.of(locally.getFirst()), answers.stream()).toList());
    }

    private String what(ConfigurableApplicationContext service, String method, String path, @Nullable String token) {
        var answer = ask(service, method, path, token == null ? null : "Bearer " + token);
        boolean refused = answer.statusCode() == 401 || answer.statusCode() == 403
                || answer.body().contains("No such address");
        if (refused) {
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(answer.headers().firstValue("www-authenticate").isPresent())
                    .isEqualTo(answer.statusCode() == 401);
        } else {
            assertThat(answer.statusCode()).as(method + " " + path).isLessThan(500);
        }
        return refused ? String.valueOf(answer.statusCode()) : "yes";
    }

    @Test
    void every_route_has_a_rule_and_every_rule_a_route() {
        var routes = ListedRoutes.of(tokens.getBeanProvider(RouterFunction.class).orderedStream());
        routes.remove("GET /forgotten");
        var rules = tokens.getBean(RouteTable.class).rules().stream().map(RouteRule::toString)
                // Spring's own.
                .filter(rule -> !rule.contains("/actuator/") && !rule.contains("/webjars/")).toList();

        assertThat(routes).containsExactlyInAnyOrderElementsOf(rules);
    }

    @Test
    void a_route_without_a_rule_answers_nobody() {
        assertThat(ask(tokens, "GET", "/forgotten", null).statusCode()).isEqualTo(401);
        assertThat(ask(tokens, "GET", "/forgotten", "Bearer " + issuer.token("super_admin")).statusCode())
                .isEqualTo(404);
        assertThat(ask(local, "GET", "/forgotten", null).statusCode()).isEqualTo(404);
    }

    @Test
    void whatever_is_brought_counts_on_this_machine_too() {
        for (var brought : List.of("Basic YWRtaW46YWRtaW4=", "Bearer", "Bearer x", "Bearer cl_x", "x")) {
            assertThat(ask(local, "GET", "/v1/jobs", brought).statusCode()).as(brought).isEqualTo(401);
        }
    }

    private HttpResponse<String> ask(ConfigurableApplicationContext service, String method, String path,
            @Nullable String authorization) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + service.getEnvironment().getRequiredProperty("local.server.port") + path)).timeout(PATIENCE);
        if (authorization != null) {
            request.header("authorization", authorization);
        }
        if (method.equals("GET")) {
            request.GET();
        } else {
            request.method(method, BodyPublishers.ofString("{}")).header("content-type", "application/json");
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
