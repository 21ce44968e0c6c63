package io.campaignlauncher.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.known.KnownAccessConfiguration;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.messaging.ManagementPage;
import io.campaignlauncher.messaging.ManagementPageConfiguration;
import io.campaignlauncher.messaging.MessagingConfiguration;
import io.campaignlauncher.testing.TestIssuer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.oauth2.jwt.Jwt;
import reactor.core.publisher.Mono;

/** Who sees the metrics of a worker, by what is brought and from where. */
class GuardedPageTest {

    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

    private final Map<String, Set<Scope>> keys = new HashMap<>();
    private final TestIssuer issuer = TestIssuer.ours();
    private final BearerAuthentication bearers = new BearerAuthentication(
            TokenForm.own(issuer.issuer(), TestIssuer.AUDIENCE)
                    .decoder(IssuerKeys.at(URI.create(issuer.keysAddress()), System::nanoTime), Clock.systemUTC()),
            new Holders() {

                @Override
                public Mono<Principal> of(Jwt token) {
                    return Mono.justOrEmpty(TokenClaims.own(token).map(TokenClaims.Own::principal));
                }

                @Override
                public Mono<Principal> of(ApiKeyText key) {
                    return Mono.justOrEmpty(keys.get(key.text())).map(scopes -> new Principal("local", "ann", "ann",
                            Set.of(Role.ADMIN), new Principal.Key(UUID.randomUUID(), scopes)));
                }
            });
    private final GuardedPage local = new GuardedPage(bearers, true);
    private final GuardedPage tokens = new GuardedPage(bearers, false);

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void whoever_brings_nothing_sees_them_in_mode_local_on_this_machine_alone() throws UnknownHostException {
        assertThat(status(local, null, HERE)).isEqualTo(200);
        assertThat(status(local, null, new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 40_000)))
                .isEqualTo(401);
        assertThat(status(local, null, null)).isEqualTo(401);
        assertThat(status(tokens, null, HERE)).isEqualTo(401);
    }

    @Test
    void what_is_brought_counts_in_both_modes() {
        for (var page : List.of(local, tokens)) {
            assertThat(status(page, "Bearer " + issuer.token("admin"), HERE)).isEqualTo(200);
            assertThat(status(page, "bearer " + issuer.token("super_admin"), HERE)).isEqualTo(200);
            assertThat(status(page, "Bearer " + issuer.token("advertiser"), HERE)).isEqualTo(403);
            for (var wrong : List.of("Bearer x", "Bearer ", "Basic YTpi", "", "Bearer cl_x",
                    "Bearer " + issuer.token(claims -> claims.audience("another")))) {
                assertThat(status(page, wrong, HERE)).as(wrong).isEqualTo(401);
            }
        }
    }

    @Test
    void a_key_for_metrics_sees_them_and_a_key_for_something_else_does_not() {
        var metrics = ApiKeyText.next(new SecureRandom());
        var jobs = ApiKeyText.next(new SecureRandom());
        keys.put(metrics.text(), Set.of(Scope.METRICS_READ));
        keys.put(jobs.text(), Set.of(Scope.JOBS_READ));

        assertThat(status(tokens, "Bearer " + metrics.text(), HERE)).isEqualTo(200);
        assertThat(status(tokens, "Bearer " + jobs.text(), HERE)).isEqualTo(403);
        assertThat(status(tokens, "Bearer " + ApiKeyText.next(new SecureRandom()).text(), HERE)).isEqualTo(401);
    }

    @Test
    void nobody_is_a_stranger_while_the_keys_are_not_known() {
        var token = issuer.token("admin");
        issuer.isAway(true);
        assertThat(status(tokens, "Bearer " + token, HERE)).isEqualTo(503);
    }

    @Test
    void a_refusal_is_a_problem_and_health_is_open() throws Exception {
        var page = new ManagementPage("127.0.0.1", 0, Map.of(), tokens);
        page.start();
        try (var client = HttpClient.newHttpClient()) {
            var base = "http://127.0.0.1:" + page.port();
            var refused = client.send(HttpRequest.newBuilder(URI.create(base + ManagementPage.METRICS))
                    .build(), BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(refused.body()).contains("Nobody known asks");
            var shown = client.send(HttpRequest.newBuilder(URI.create(base + ManagementPage.METRICS))
                    .header("authorization", "Bearer " + issuer.token("admin")).build(),
                    BodyHandlers.ofString());
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.body()).contains("jvm_");
            assertThat(client.send(HttpRequest.newBuilder(URI.create(base + ManagementPage.LIVENESS))
                    .build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        } finally {
            page.stop();
        }
    }

    @Test
    void a_worker_asks_who_wants_them_and_tells_nothing_before_it_knows_what_has_ended() throws Exception {
        try (var worker = new AnnotationConfigApplicationContext(); var client = HttpClient.newHttpClient()) {
            worker.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", Map.of(
                    "launch.security.mode", "tokens", "launch.security.jwks-uri", issuer.keysAddress(),
                    "management.server.port", "0", "kafka.bootstrap-servers", "127.0.0.1:1",
                    "launch.credentials.key", Base64.getEncoder().encodeToString(new byte[32]))));
            worker.register(MessagingConfiguration.class, ManagementPageConfiguration.class,
                    PageAccessConfiguration.class, KnownAccessConfiguration.class);
            worker.refresh();
            var metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                    + worker.getBean(ManagementPage.class).port() + ManagementPage.METRICS));
            assertThat(client.send(metrics.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
            assertThat(client.send(metrics.header("authorization", "Bearer " + issuer.token("admin")).build(),
                    BodyHandlers.ofString()).statusCode()).isEqualTo(503);
        }
    }

    private static int status(GuardedPage page, @Nullable String authorization, @Nullable InetSocketAddress peer) {
        var refusal = page.refusal(authorization, peer).block();
        return refusal == null ? 200 : refusal.status();
    }
}
