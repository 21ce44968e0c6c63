package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses may be told of jobs, as far as their text says. */
class WebhookAddressTest {

    private static final String NOT_HTTPS = "must be an https address";
    private static final String NOT_PUBLIC = "must be a public address";

    @ParameterizedTest
    @ValueSource(strings = { "https://example.com", "https://example.com/", "https://example.com:8443/hook?key=1",
        "https://hooks.example.co.uk/a/b/c", "https://xn--mnchen-3ya.de/x", "https://1e100.net/x",
        "https://93.184.216.34/hook", "https://[2606:2800:220:1:248:1893:25c8:1946]/hook", "https://EXAMPLE.com",
        "https://localhost.example.com", "https://notlocalhost", "https://[64:ff9b::5db8:d822]/" })
    void public_https_addresses_are_fine(String address) {
        assertThat(WebhookAddress.mistake(address, false)).isNull();
        assertThat(WebhookAddress.mistake(address, true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "example.com", "//example.com", "http://example.com", "ftp://example.com",
        "HTTPS://example.com", "https:", "https:/example.com", "https:///hook", "https://", "https://:443/",
        "https:example.com", "https:// example.com", "https://exa mple.com", "https://example.com\\@127.0.0.1/",
        "https://127.0.0.1./", "https://127.1/", "https://0x7f.0.0.1/",
        "https://1.2.3.4.5/", "https://256.1.1.1/", "https://[::1", "https://[::1]x/", "https://m\u00fcnchen.de/",
        "https://127\u30020\u30020\u30021/", "https://\u2460\u2461\u2466.0.0.1/", "https://ex%61mple.com/",
        "javascript:alert(1)", "file:///etc/passwd", "https://example.com/\n", "https://example.com/\u0000" })
    void what_is_no_https_address_is_not(String address) {
        assertThat(WebhookAddress.mistake(address, false)).isEqualTo(NOT_HTTPS);
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://127.0.0.1/", "https://127.255.255.254/", "https://0.0.0.0/", "https://10.0.0.1/",
        "https://172.16.0.1/", "https://172.31.255.255/", "https://192.168.1.1/", "https://169.254.169.254/latest",
        "https://100.64.0.1/", "https://224.0.0.1/", "https://255.255.255.255/", "https://192.0.2.1/",
        "https://[::1]/", "https://[::]/", "https://[fe80::1]/", "https://[fe80::1%25lo]/", "https://[fc00::1]/",
        "https://[fd00:ec2::254]/", "https://[ff02::1]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/",
        "https://[::ffff:10.0.0.1]/", "https://[::127.0.0.1]/", "https://[2002:7f00:1::]/",
        "https://[64:ff9b::7f00:1]/", "https://[2001:db8::1]/", "https://localhost/", "https://localhost:8443/",
        "https://LocalHost/", "https://localhost./", "https://a.localhost/" })
    void addresses_that_are_not_public_are_not_unless_allowed(String address) {
        if (!address.contains("%25")) {
            assertThat(WebhookAddress.mistake(address, false)).isEqualTo(NOT_PUBLIC);
            assertThat(WebhookAddress.mistake(address, true)).isNull();
        } else {
            assertThat(WebhookAddress.mistake(address, false)).isNotNull();
        }
    }

    /** Some programs read them as 127.0.0.1, others as something else: nobody can say what was checked. */
    @ParameterizedTest
    @ValueSource(strings = { "https://2130706433/", "https://0x7f000001/", "https://017700000001/",
        "https://0177.0.0.1/", "https://0/", "https://1/", "https://127.0.0.01/", "https://0127.0.0.1/" })
    void odd_notations_of_ip_addresses_are_never_fine(String address) {
        assertThat(WebhookAddress.mistake(address, false)).isEqualTo("must give its IP address in the usual form");
        assertThat(WebhookAddress.mistake(address, true)).isEqualTo("must give its IP address in the usual form");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://user:secret@example.com/", "https://user@example.com/", "https://@example.com/",
        "https://example.com@127.0.0.1/", "https://example.com:443@127.0.0.1/" })
    void nobody_logs_in_by_an_address(String address) {
        assertThat(WebhookAddress.mistake(address, false)).isEqualTo("may hold no user name and no password");
        assertThat(WebhookAddress.mistake(address, true)).isEqualTo("may hold no user name and no password");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://example.com:0/", "https://example.com:65536/" })
    void ports_are_those_that_there_are(String address) {
        assertThat(WebhookAddress.mistake(address, false)).isEqualTo("must have a port from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://my_receiver.example.com/hook", "https://_/", "https://a_b:8443" })
    void a_host_with_an_underscore_is_refused_with_the_reason(String address) {
        assertThat(WebhookAddress.mistake(address, false)).startsWith("must have a host without '_'");
        assertThat(WebhookAddress.mistake(address, true)).startsWith("must have a host without '_'");
    }

    @Test
    void an_address_has_at_most_2000_characters() {
        var longest = "https://example.com/" + "x".repeat(1980);
        assertThat(WebhookAddress.mistake(longest, false)).isNull();
        assertThat(WebhookAddress.mistake(longest + "x", false)).isEqualTo("may have at most 2000 characters");
    }

    @Test
    void plain_http_is_for_installations_that_allow_private_addresses() {
        assertThat(WebhookAddress.mistake("http://127.0.0.1:9000/x", true)).isNull();
        assertThat(WebhookAddress.mistake("http://example.com/", true)).isNull();
        assertThat(WebhookAddress.mistake("ftp://127.0.0.1/", true)).isEqualTo("must be an https or http address");
    }

    @Test
    void an_address_is_shown_without_what_may_be_secret() {
        assertThat(WebhookAddress.shown("https://example.com:8443/T0/s3cret?key=s3cret")).isEqualTo(
                "https://example.com:8443");
        assertThat(WebhookAddress.shown("https://user:s3cret@example.com/")).isEqualTo("https://example.com");
        assertThat(WebhookAddress.shown("s3cret s3cret")).doesNotContain("s3cret");
    }

    @Test
    void an_installation_that_cannot_sign_takes_no_webhook() {
        var request = new RequestSample();
        assertThat(new WebhookRules(false, false).violations(request.build())).isEmpty();
        request.webhook = "https://example.com/hook";
        assertThat(new WebhookRules(false, false).violations(request.build())).containsExactly(new Violation(
                "notify.webhook", "is not offered here, because notifications could not be signed"));
        assertThat(new WebhookRules(true, false).violations(request.build())).isEmpty();
    }

    @Test
    void what_may_be_allowed_somewhere_is_no_broken_rule_of_the_job() {
        var request = new RequestSample();
        request.webhook = "http://127.0.0.1/hook";
        assertThat(RequestRules.violations(request.build())).isEmpty();
        assertThat(new WebhookRules(true, false).violations(request.build()))
                .containsExactly(new Violation("notify.webhook", NOT_HTTPS));
    }
}
