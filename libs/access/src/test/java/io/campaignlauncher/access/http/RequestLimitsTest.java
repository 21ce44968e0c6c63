package io.campaignlauncher.access.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Quota;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.RouteRule;
import io.github.bucket4j.TimeMeter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatusCode;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

class RequestLimitsTest {

    private static final RouteTable TABLE = new RouteTable(List.of(RouteRule.people("GET", "/jobs", Role.values()),
            RouteRule.people("GET", "/unlimited", Role.values())));

    private final AtomicLong nanos = new AtomicLong();
    private final TimeMeter time = new TimeMeter() {

        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };
    private final Buckets buckets = new Buckets(new Quota("reads", 3, Duration.ofMinutes(1)), 1000,
            Duration.ofMinutes(1), time);
    private final WebFilter byAddress = RequestLimits.byAddress(Optional.of(buckets), new PeerAddresses(List.of()));
    private final WebFilter byPrincipal = RequestLimits.byPrincipal(TABLE,
            rule -> rule.path().equals("/jobs") ? Optional.of(buckets) : Optional.empty());

    @Test
    void an_address_that_asks_too_often_is_told_when_it_may_ask_again() {
        assertThat(statuses(3, "/jobs", "192.0.2.1")).containsOnly(200);

        var refused = asked(byAddress, "/jobs", "192.0.2.1", null);

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatusCode.valueOf(429));
        assertThat(refused.getHeaders().getFirst("content-type")).isEqualTo("application/problem+json");
        assertThat(refused.getHeaders().getFirst("Retry-After")).isEqualTo("20");
        assertThat(refused.getHeaders().getFirst("RateLimit-Policy")).isEqualTo("\"reads\";q=3;w=60");
        assertThat(refused.getHeaders().getFirst("RateLimit")).isEqualTo("\"reads\";r=0;t=20");
        assertThat(refused.getBodyAsString().block()).contains("\"status\":429");
        assertThat(statuses(1, "/jobs", "192.0.2.2")).as("another address").containsOnly(200);
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(statuses(1, "/jobs", "192.0.2.1")).containsOnly(200);
    }

    @Test
    void whoever_has_half_of_an_ipv6_network_is_one_address() {
        statuses(3, "/jobs", "2001:db8::1");

        assertThat(statuses(1, "/jobs", "2001:db8::2")).containsOnly(429);
        assertThat(statuses(1, "/jobs", "2001:db8:0:1::1")).containsOnly(200);
    }

    @Test
    void this_machine_is_in_no_limit_nor_is_the_question_whether_the_service_lives() {
        assertThat(statuses(10, "/jobs", "127.0.0.1")).containsOnly(200);
        assertThat(statuses(10, "/jobs", "::1")).containsOnly(200);
        assertThat(statuses(10, "/actuator/health/liveness", "192.0.2.1")).containsOnly(200);
        for (int i = 0; i < 10; i++) {
            assertThat(status(asked(byPrincipal, "/jobs", "127.0.0.1", Principal.LOCAL_OPERATOR))).isEqualTo(200);
        }
    }

    @Test
    void a_user_is_counted_from_wherever_and_by_whatever_they_ask_and_no_other_user_with_them() {
        var token = user("ann", new Principal.Session(UUID.randomUUID()));
        var key = user("ann", new Principal.Key(UUID.randomUUID(), Set.of()));

        for (var asking : List.of(token, key, token)) {
            assertThat(status(asked(byPrincipal, "/jobs", "127.0.0.1", asking))).isEqualTo(200);
        }

        assertThat(status(asked(byPrincipal, "/jobs", "192.0.2.1", key))).isEqualTo(429);
        assertThat(status(asked(byPrincipal, "/unlimited", "192.0.2.1", key))).isEqualTo(200);
        var bob = user("bob", new Principal.Session(UUID.randomUUID()));
        assertThat(status(asked(byPrincipal, "/jobs", "192.0.2.1", bob))).isEqualTo(200);
        var otherAnn = new Principal("other", "ann", "ann", Set.of(), new Principal.Session(UUID.randomUUID()));
        assertThat(status(asked(byPrincipal, "/jobs", "192.0.2.1", otherAnn))).as("of another tenant").isEqualTo(200);
    }

    @Test
    void remembers_no_more_than_it_is_told() {
        var few = new Buckets(new Quota("reads", 1, Duration.ofMinutes(1)), 10, Duration.ofMinutes(1), time);
        for (int i = 0; i < 10_000; i++) {
            few.take("address" + i);
        }

        assertThat(few.remembered()).isLessThanOrEqualTo(10);
    }

    private static Principal user(String subject, Principal.Means means) {
        return new Principal("local", subject, subject, Set.of(Role.ADVERTISER), means);
    }

    private List<Integer> statuses(int times, String path, String address) {
        return Mono.fromSupplier(() -> status(asked(byAddress, path, address, null))).repeat(times - 1).collectList()
                .block();
    }

    private static int status(MockServerHttpResponse response) {
        return response.getStatusCode() == null ? 200 : response.getStatusCode().value();
    }

    private static MockServerHttpResponse asked(WebFilter filter, String path, String address,
            @Nullable Principal asking) {
        var request = MockServerHttpRequest.get(path).remoteAddress(new InetSocketAddress(address, 1)).build();
        var exchange = MockServerWebExchange.builder(request)
                .principal(asking == null ? null : new PrincipalToken(asking)).build();
        filter.filter(exchange, _ -> Mono.empty()).block();
        return exchange.getResponse();
    }
}
