package io.campaignlauncher.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.campaignlauncher.testing.TestIssuer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users of an OpenID Connect issuer that is not ours. */
class ForeignIssuerTest {

    private static final Consumer<JWTClaimsSet.Builder> ADMIN = claims -> claims.subject("ann")
            .claim("roles", List.of("admin"));

    private final TestIssuer issuer = TestIssuer.foreign();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void are_known_by_two_settings() {
        try (var service = service("launch.security.audience=" + TestIssuer.AUDIENCE)) {
            assertThat(service.who(issuer.token(ADMIN)).body()).isEqualTo("local ann ann [admin]");
            assertThat(service.who(issuer.token(ADMIN.andThen(claims -> claims.claim("preferred_username", "Ann"))))
                    .body()).isEqualTo("local ann Ann [admin]");
            assertThat(service.who(null).statusCode()).isEqualTo(401);
            assertThat(service.who(issuer.token()).statusCode()).as("no role").isEqualTo(403);
            assertThat(service.who("cl_0123456789ab_" + "x".repeat(43)).statusCode()).as("no keys").isEqualTo(401);
        }
    }

    @Test
    void have_roles_and_tenant_where_the_settings_say() {
        try (var service = service("launch.security.roles-claim=realm_access.roles",
                "launch.security.tenant-claim=org.id")) {
            assertThat(service.who(issuer.token(claims -> claims.subject("ann")
                    .claim("realm_access", Map.of("roles", List.of("offline_access", "moderator")))
                    .claim("org", Map.of("id", "acme")))).body()).isEqualTo("acme ann ann [moderator]");
            assertThat(service.who(issuer.token(ADMIN)).statusCode()).as("of no tenant").isEqualTo(401);
            assertThat(service.who(issuer.token(ADMIN.andThen(claims -> claims.claim("org", Map.of("id", "a b")))))
                    .statusCode()).as("of a tenant that is none").isEqualTo(401);
        }
        try (var service = service("launch.security.tenant=house")) {
            assertThat(service.who(issuer.token(ADMIN.andThen(claims -> claims.claim("roles", "admin advertiser")
                    .claim("tenant", "another")))).body()).isEqualTo("house ann ann [advertiser, admin]");
        }
    }

    @Test
    void bring_tokens_of_one_algorithm_and_of_the_right_form() throws JOSEException {
        try (var service = service()) {
            for (var type : new JOSEObjectType[]{ new JOSEObjectType("at+jwt"), JOSEObjectType.JWT, null }) {
                assertThat(service.who(signed(JWSAlgorithm.RS256, type, ADMIN)).statusCode()).as("" + type)
                        .isEqualTo(200);
            }
            var wrong = Map.of("another type", signed(JWSAlgorithm.RS256, new JOSEObjectType("logout+jwt"), ADMIN),
                    "PS256", signed(JWSAlgorithm.PS256, JOSEObjectType.JWT, ADMIN),
                    "not signed", new PlainJWT(issuer.claims(ADMIN)).serialize(),
                    "HS256 with the public key", TestIssuer.signed(header(JWSAlgorithm.HS256, null),
                            issuer.claims(ADMIN), new MACSigner(issuer.key().toRSAKey().toRSAPublicKey().getEncoded())),
                    "another audience", issuer.token(ADMIN.andThen(claims -> claims.audience("another"))),
                    "another issuer", issuer.token(ADMIN.andThen(claims -> claims.issuer("https://another.example"))),
                    "nobody", issuer.token(ADMIN.andThen(claims -> claims.subject(" "))),
                    "for ever", issuer.token(ADMIN.andThen(claims -> claims.expirationTime(null))));
            wrong.forEach((what, token) -> assertThat(service.who(token).statusCode()).as(what).isEqualTo(401));
        }
        try (var service = service("launch.security.algorithm=PS256")) {
            assertThat(service.who(signed(JWSAlgorithm.PS256, JOSEObjectType.JWT, ADMIN)).statusCode()).isEqualTo(200);
            assertThat(service.who(issuer.token(ADMIN)).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void are_no_strangers_while_their_issuer_is_away() {
        issuer.isAway(true);
        try (var service = service()) {
            var answer = service.who(issuer.token(ADMIN));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(service.who(null).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void of_our_own_issuer_are_known_by_its_keys_or_the_service_does_not_start() {
        try (var ours = TestIssuer.ours();
                var service = new AskedService("launch.security.mode=tokens",
                        "launch.security.jwks-uri=" + ours.keysAddress())) {
            assertThat(service.who(ours.token("advertiser")).statusCode()).isEqualTo(200);
            assertThat(service.who(issuer.token(ADMIN)).statusCode()).isEqualTo(401);
        }
        assertThatThrownBy(() -> new AskedService("launch.security.mode=tokens").close()).rootCause()
                .hasMessageContaining("launch.security.jwks-uri").hasMessageContaining("launch.security.mode");
        try (var alone = new AskedService()) {
            assertThat(alone.who(null).body()).startsWith("local local-operator ");
            assertThat(alone.who(issuer.token(ADMIN)).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void have_an_issuer_whose_address_holds_no_password() {
        for (var wrong : List.of("launch.security.issuer=https://ann:s3cret@login.example",
                "launch.security.jwks-uri=https://ann:s3cret@login.example/keys",
                "launch.security.jwks-uri=file:///keys",
                "launch.security.jwks-uri=http://a b/keys")) {
            assertThatThrownBy(() -> new AskedService(wrong).close()).rootCause()
                    .hasMessageContaining(wrong.substring(0, wrong.indexOf('='))).hasMessageNotContaining("s3cret");
        }
    }

    private AskedService service(String... more) {
        var settings = new ArrayList<>(List.of("launch.security.mode=tokens",
                "launch.security.issuer=" + issuer.issuer()));
        settings.addAll(List.of(more));
        return new AskedService(settings.toArray(String[]::new));
    }

    private JWSHeader header(JWSAlgorithm algorithm, JOSEObjectType type) {
        return new JWSHeader.Builder(algorithm).type(type).keyID(issuer.key().getKeyID()).build();
    }

    private String signed(JWSAlgorithm algorithm, JOSEObjectType type, Consumer<JWTClaimsSet.Builder> claims)
            throws JOSEException {
        JWSSigner signer = new RSASSASigner(issuer.key().toRSAKey());
        return TestIssuer.signed(header(algorithm, type), issuer.claims(claims), signer);
    }
}
