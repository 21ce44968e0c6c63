package io.campaignlauncher.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorRulesTest {

    private static final DoorRules RULES = new DoorRules("127.0.0.7",
            DoorSettings.DEFAULTS.withHosts(List.of("launcher.example", "other.example:8443", "fd00::7")),
            path -> !path.startsWith("/forms"));

    @ParameterizedTest
    @ValueSource(strings = { "localhost", "localhost:8080", "LocalHost:9", "127.0.0.1:80", "[::1]:8080", "[::1]",
        "127.0.0.7",
        "launcher.example", "launcher.example:1", "other.example:8443", "[fd00::7]:1" })
    void answers_to_its_own_names(String host) {
        assertThat(RULES.judge(request("GET", "/", "Host", host))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "evil.example", "localhost.evil.example", "evil.localhost", "localhost.",
        "other.example",
        "other.example:8444", "evil@localhost", "localhost:8080:1", "localhost:x", "localhost:123456", "::1",
        "127.0.0.2",
        "127.1", "0x7f.0.0.1", "[::ffff:127.0.0.1]", "localhost, localhost", "localhost evil.example", "localhost/",
        "http://localhost",
        "loc\u00e4lhost" })
    void answers_to_no_other_name(String host) {
        assertThat(RULES.judge(request("GET", "/", "Host", host))).isEqualTo(Refusal.OTHER_HOST);
    }

    @Test
    void wants_exactly_one_host() {
        assertThat(RULES.judge(request("GET", "/"))).isEqualTo(Refusal.OTHER_HOST);
        assertThat(RULES.judge(request("GET", "/", "Host", "localhost", "host", "localhost")))
                .isEqualTo(Refusal.OTHER_HOST);
        assertThat(RULES.judge(request("GET", "/", "Host", "localhost", "host", "evil.example")))
                .isEqualTo(Refusal.OTHER_HOST);
    }

    @ParameterizedTest
    @CsvSource({ "http://localhost/v1/jobs, 0", "HTTP://127.0.0.1:8080, 0", "http://evil.example/v1/jobs, 421",
        "http://localhost@evil.example/, 421", "http://evil.example@localhost/, 421", "http:///v1, 421",
        "ftp://localhost/, 400",
        "localhost:8080, 400", "*, 400", "'', 400", "javascript:alert(1), 400" })
    void judges_addresses_that_name_a_host_themselves(String target, int status) {
        var refusal = RULES.judge(request("GET", target, "Host", "localhost"));
        assertThat(refusal == null ? 0 : refusal.status()).isEqualTo(status);
    }

    @Test
    void judges_the_header_too_where_the_address_names_the_host() {
        assertThat(RULES.judge(request("GET", "http://localhost/", "Host", "evil.example")))
                .isEqualTo(Refusal.OTHER_HOST);
        assertThat(RULES.judge(request("OPTIONS", "*", "Host", "localhost"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = { "-, -, 0", "same-origin, -, 0", "none, -, 0",
        "same-origin, http://localhost:8080, 0", "-, http://localhost:8080, 0", "-, https://localhost:8080, 0",
        "same-site, https://localhost:8080, 0", "SAME-ORIGIN, -, 0",
        "cross-site, -, 403", "Cross-Site, -, 403", "cross-site, http://localhost:8080, 403", "same-site, -, 403",
        "same-site, http://localhost:3000, 403", "something-new, -, 403", "'', -, 403", "-, null, 403", "-, '', 403",
        "-, http://evil.example, 403", "-, http://localhost, 403", "-, http://localhost:3000, 403",
        "-, http://127.0.0.1:8080, 403",
        "-, http://localhost:8080/x, 403", "-, http://localhost:8080@evil.example, 403",
        "none, http://evil.example, 403",
        "-, chrome-extension://localhost:8080, 403" })
    void takes_what_changes_something_from_its_own_pages_and_from_programs(String site, String origin, int status) {
        for (var method : List.of("POST", "PUT", "DELETE", "PATCH", "BREW")) {
            var request = request(method, "/", "Host", "localhost:8080");
            if (site != null) {
                request.headers().add("Sec-Fetch-Site", site);
            }
            if (origin != null) {
                request.headers().add("Origin", origin);
            }
            var refusal = RULES.judge(request);
            assertThat(refusal == null ? 0 : refusal.status()).as(method).isEqualTo(status);
            assertThat(RULES.judge(request.setMethod(HttpMethod.GET))).as("looking is free").isNull();
        }
        assertThat(
                RULES.judge(request("POST", "/", "Host", "localhost:8080", "Origin", "http://localhost:8080", "Origin",
                        "http://localhost:8080")))
                .isEqualTo(Refusal.OTHER_SITE);
        assertThat(RULES.judge(request("POST", "/", "Host", "localhost", "Origin", "http://localhost:80"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/json", "Application/JSON", "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"", "application/json;", "application/json ; x=y; charset=UTF-8",
        "application/problem+json", "application/vnd.x.v1+json;x=\"a;charset=latin1\"" })
    void takes_json(String type) {
        assertThat(RULES.judge(withBody(type))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "json", "application\\json", "application/json, application/json", "*/*",
        "application/*",
        "application/*+json", "*/*+json", "text/json", "text/plain", "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x", "application/json; charset=iso-8859-1", "application/json; charset=utf-99",
        "application/json; charset=utf-8; charset=latin1", "application/json charset=utf-8",
        "application/json; charset",
        "application/json; x=\"", "application/jsonx", "application/json+x", "application/+json/x",
        "x application/json" })
    void takes_nothing_else(String type) {
        assertThat(RULES.judge(withBody(type))).isEqualTo(Refusal.NO_JSON);
        var elsewhere = withBody(type);
        assertThat(RULES.judge(elsewhere.setUri("/forms/1"))).isNull();
        assertThat(RULES.judge(elsewhere.setUri("http://localhost/v1"))).isEqualTo(Refusal.NO_JSON);
    }

    @Test
    void wants_a_type_once_and_wherever_there_is_a_body() {
        for (var method : List.of("POST", "PUT", "DELETE", "PATCH", "GET")) {
            assertThat(RULES.judge(request(method, "/", "Host", "localhost", "Content-Length", "2")))
                    .isEqualTo(Refusal.NO_JSON);
            assertThat(RULES.judge(request(method, "/", "Host", "localhost", "Transfer-Encoding", "chunked")))
                    .isEqualTo(Refusal.NO_JSON);
            assertThat(RULES.judge(request(method, "/", "Host", "localhost", "Content-Length", "0"))).isNull();
        }
        assertThat(RULES.judge(request("POST", "/", "Host", "localhost", "Content-Length", "2", "Content-Type",
                "application/json", "Content-Type", "application/json"))).isEqualTo(Refusal.NO_JSON);
        assertThat(RULES.judge(request("POST", "/", "Host", "localhost", "Content-Type", "text/plain")))
                .as("no page of another site may send what needs no asking, body or not").isEqualTo(Refusal.NO_JSON);
    }

    @Test
    void bounds_the_number_of_fields() {
        var request = request("GET", "/", "Host", "localhost");
        for (int i = 1; i < DoorSettings.DEFAULTS.headersMax(); i++) {
            request.headers().add("x", i);
        }
        assertThat(RULES.judge(request)).isNull();
        request.headers().add("x", "one more");
        assertThat(RULES.judge(request)).isEqualTo(Refusal.LARGE_HEADER);
    }

    @Test
    void is_not_built_with_a_host_that_is_none() {
        assertThatThrownBy(
                () -> new DoorRules("127.0.0.1", DoorSettings.DEFAULTS.withHosts(List.of("https://x")), _ -> true))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("launch.http.hosts")
                .hasMessageContaining("https://x");
    }

    @ParameterizedTest
    @ValueSource(strings = { "127.0.0.1", "127.8.0.1", "::1", "localhost" })
    void stays_on_this_machine(String address) {
        ThisMachineOnly.require("server.address", address);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0.0.0.0", "::", "192.0.2.1", "", " ", "no-such-host.invalid" })
    void leaves_this_machine_on_no_other_address(String address) {
        assertThatThrownBy(() -> ThisMachineOnly.require("server.address", address)).isInstanceOf(ThisMachineOnly.class)
                .hasMessageContaining("server.address").hasMessageContaining("until there is a log-in");
    }

    private static HttpRequest withBody(String type) {
        return request("POST", "/v1", "Host", "localhost", "Content-Length", "2", "Content-Type", type);
    }

    private static HttpRequest request(String method, String target, String... headers) {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target);
        for (int i = 0; i < headers.length; i += 2) {
            request.headers().add(headers[i], (Object) headers[i + 1]);
        }
        return request;
    }
}
