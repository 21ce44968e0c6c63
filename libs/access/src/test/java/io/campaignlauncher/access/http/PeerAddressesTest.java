package io.campaignlauncher.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class PeerAddressesTest {

    private final PeerAddresses peers = new PeerAddresses(List.of("10.0.0.0/8", "127.0.0.1", "2001:db8::/32"));

    @Test
    void what_somebody_claims_who_is_no_trusted_proxy_does_not_count() {
        assertThat(of("192.0.2.7", "198.51.100.1")).isEqualTo("c0000207");
        assertThat(new PeerAddresses(List.of()).of(request("127.0.0.1", "198.51.100.1"))).isEqualTo("7f000001");
    }

    @Test
    void behind_trusted_proxies_the_nearest_other_address_counts_and_not_what_it_claims() {
        assertThat(of("10.1.2.3", "198.51.100.1")).isEqualTo("c6336401");
        assertThat(of("10.1.2.3", "203.0.113.5, 198.51.100.1, 10.9.9.9")).isEqualTo("c6336401");
        assertThat(of("10.1.2.3", "203.0.113.5", "198.51.100.1")).isEqualTo("c6336401");
        assertThat(of("2001:db8::5", "2001:db9::1")).isEqualTo("20010db900000000");
    }

    @Test
    void a_proxy_that_names_nobody_or_nonsense_is_itself_who_asks() {
        assertThat(of("10.1.2.3")).isEqualTo("0a010203");
        assertThat(of("10.1.2.3", "unknown")).isEqualTo("0a010203");
        assertThat(of("10.1.2.3", "198.51.100.1, example.com")).isEqualTo("0a010203");
        assertThat(of("10.1.2.3", "10.4.4.4")).isEqualTo("0a040404");
    }

    @Test
    void is_handed_on_to_other_services_as_they_read_it() {
        assertThat(peers.text(request("10.1.2.3", "203.0.113.5, 198.51.100.1"))).isEqualTo("198.51.100.1");
        var named = peers.text(request("2001:db8::5", "2001:db9::1"));
        assertThat(of("10.1.2.3", named)).isEqualTo(of("2001:db8::5", "2001:db9::1"));
    }

    @Test
    void whoever_comes_through_a_trusted_proxy_on_this_machine_is_not_this_machine() {
        assertThat(peers.isThisMachine(request("127.0.0.1", "198.51.100.1"))).isFalse();
        assertThat(peers.isThisMachine(request("127.0.0.1"))).isTrue();
    }

    @Test
    void a_proxy_that_is_no_address_ends_the_start() {
        for (var wrong : List.of("example.com", "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8")) {
            assertThatThrownBy(() -> new PeerAddresses(List.of(wrong))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("launch.http.trusted-proxies").hasMessageContaining(wrong);
        }
    }

    private String of(String peer, String... forwardedFor) {
        return peers.of(request(peer, forwardedFor));
    }

    private static MockServerHttpRequest request(String peer, String... forwardedFor) {
        var request = MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress(peer, 1));
        for (var one : forwardedFor) {
            request.header("X-Forwarded-For", one);
        }
        return request.build();
    }
}
