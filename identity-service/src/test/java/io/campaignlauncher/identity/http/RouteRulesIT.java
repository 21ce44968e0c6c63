package io.campaignlauncher.identity.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.campaignlauncher.access.audit.Caller;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.identity.model.AuthRoute;
import io.campaignlauncher.identity.store.ApiKeys;
import io.campaignlauncher.identity.store.Sessions;
import io.campaignlauncher.identity.store.User;
import io.campaignlauncher.identity.store.Users;
import io.campaignlauncher.identity.token.AccessTokens;
import io.campaignlauncher.identity.token.KeyRing;
import io.campaignlauncher.messaging.TokenCipher;
import io.campaignlauncher.testing.WalkedTable;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Walks every route as everybody, and compares what comes of it with the table of docs/access.md. {@code -Daccess.page=write} writes it there. */
class RouteRulesIT {

    private static final Path PAGE = Path.of("../docs/access.md");
    private static final String ISSUER = "urn:campaign-launcher:identity";
    private static final String AUDIENCE = "campaign-launcher";
    private static final Duration LIFE = Duration.ofMinutes(10);
    /** Nobody can log in with it. */
    private static final String NO_HASH = "-";

    private static RunningIdentity identity;
    private static Users users;
    private static Sessions sessions;
    private static KeyRing keys;
    private final SecureRandom random = new SecureRandom();

    @BeforeAll
    static void start() {
        identity = new RunningIdentity("identity_routes", "launch.identity.limits.address-tries=100000");
        users = identity.context.getBean(Users.class);
        sessions = identity.context.getBean(Sessions.class);
        keys = identity.context.getBean(KeyRing.class);
    }

    @AfterAll
    static void stop() {
        identity.close();
    }

    /** Means to come with, by the words of the table; each gives another token at each request. Null: none. */
    private Map<String, Supplier<String>> everybody() {
        var all = new LinkedHashMap<String, Supplier<String>>();
        all.put("anonymous", () -> null);
        for (var role : Role.values()) {
            all.put(role.word(), () -> token(begun(role), ISSUER, AUDIENCE, Clock.systemUTC()));
        }
        all.put("key of an advertiser", () -> key(Role.ADVERTISER));
        all.put("key of an admin", () -> key(Role.ADMIN));
        all.put("expired", () -> token(begun(Role.SUPER_ADMIN), ISSUER, AUDIENCE,
                Clock.offset(Clock.systemUTC(), LIFE.plusSeconds(10).negated())));
        all.put("other audience", () -> token(begun(Role.SUPER_ADMIN), ISSUER, "another", Clock.systemUTC()));
        all.put("other issuer", () -> token(begun(Role.SUPER_ADMIN), "urn:another", AUDIENCE, Clock.systemUTC()));
        all.put("revoked", () -> {
            var begun = begun(Role.SUPER_ADMIN);
            var token = token(begun, ISSUER, AUDIENCE, Clock.systemUTC());
            sessions.endAll(principal(begun), Caller.SERVICE);
            return token;
        });
        all.put("locked out", () -> {
            var begun = begun(Role.SUPER_ADMIN);
            identity.sql.sql("update identity.users set disabled = true where user_id = :id")
                    .param("id", begun.user().userId()).update();
            return token(begun, ISSUER, AUDIENCE, Clock.systemUTC());
        });
        return all;
    }

    @Test
    void every_route_lets_in_whom_the_table_says_and_nobody_else() {
        var everybody = everybody();
        var table = new WalkedTable(PAGE, "walked", everybody.keySet());
        for (var rule : AuthRoute.rules()) {
            walk(table, rule.method(), rule.path(), everybody);
        }
        walk(table, "GET", "/anything/else", everybody);
        assertThat(table.made()).isEqualTo(table.written());
    }

    private static void walk(WalkedTable table, String method, String path, Map<String, Supplier<String>> everybody) {
        var asked = path.replaceAll("\\{\\w+}", UUID.randomUUID().toString()).replace("health/**", "health")
                .replace("**", "info");
        table.row(method, path, everybody.values().stream().map(token -> {
            var answer = identity.ask(method, asked, token.get(), method.equals("GET") || method.equals("DELETE")
                    ? null : "{}", "127.0.0.1");
            boolean refused = answer.status() == 401 || answer.status() == 403
                    || answer.status() == 404 && answer.field("title").equals("No such address");
            if (refused) {
                assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
                // What machines ask for every few seconds is not traced.
                assertThat(answer.field("traceId")).hasSize(path.startsWith("/actuator/") ? 0 : 32);
            } else {
                assertThat(answer.status()).as(method + " " + path).isLessThan(500);
            }
            return refused ? String.valueOf(answer.status()) : "yes";
        }).toList());
    }

    @Test
    void a_token_that_is_not_signed_as_ours_are_is_worth_nothing() throws Exception {
        var good = SignedJWT.parse(token(begun(Role.SUPER_ADMIN), ISSUER, AUDIENCE, Clock.systemUTC()));
        var claims = good.getJWTClaimsSet();
        var ours = keys.published().getKeys().getFirst();
        var foreign = new ECKeyGenerator(Curve.P_256).keyID(good.getHeader().getKeyID()).generate();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt"))
                .keyID(good.getHeader().getKeyID()).build();
        var forged = new LinkedHashMap<String, String>();
        forged.put("no algorithm", new PlainJWT(claims).serialize());
        forged.put("a foreign key", signed(header, claims, new ECDSASigner(foreign)));
        forged.put("its key brought along", signed(new JWSHeader.Builder(header).jwk(foreign.toPublicJWK()).build(),
                claims, new ECDSASigner(foreign)));
        forged.put("the public key as a secret", signed(new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt")).keyID(ours.getKeyID()).build(), claims,
                new MACSigner(ours.toECKey().toECPublicKey().getEncoded())));
        forged.put("a changed claim", good.serialize().replaceFirst("\\.[^.]+\\.", "."
                + new JWTClaimsSet.Builder(claims).claim("tv", 1).build().toPayload().toBase64URL() + "."));
        forged.put("a key without its secret", ApiKeyText.next(random).text());

        assertThat(identity.get("/api/auth/me", good.serialize()).status()).isEqualTo(200);
        forged.forEach((how, token) -> assertThat(identity.get("/api/auth/me", token).status()).as(how)
                .isEqualTo(401));
    }

    @Test
    void a_token_of_another_form_is_worth_nothing_though_we_signed_it() throws Exception {
        var begun = begun(Role.SUPER_ADMIN);
        var good = SignedJWT.parse(token(begun, ISSUER, AUDIENCE, Clock.systemUTC())).getJWTClaimsSet();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(signing().getKeyID());
        var signer = new ECDSASigner(signing());
        assertThat(identity.get("/api/auth/me",
                signed(header.type(new JOSEObjectType("at+jwt")).build(), good, signer)).status()).isEqualTo(200);

        assertThat(identity.get("/api/auth/me", signed(header.type(JOSEObjectType.JWT).build(), good, signer))
                .status()).as("typ").isEqualTo(401);
        var at = header.type(new JOSEObjectType("at+jwt")).build();
        for (var claim : Set.of("exp", "iss", "aud", "sub", "sid", "tv")) {
            var without = new JWTClaimsSet.Builder(good).claim(claim, null).build();
            assertThat(identity.get("/api/auth/me", signed(at, without, signer)).status()).as(claim).isEqualTo(401);
        }
        var early = new JWTClaimsSet.Builder(good).notBeforeTime(new Date(System.currentTimeMillis() + 600_000))
                .build();
        assertThat(identity.get("/api/auth/me", signed(at, early, signer)).status()).as("nbf").isEqualTo(401);
    }

    @Test
    void there_is_no_log_in_here_where_somebody_elses_issuer_is_named() {
        assertThatThrownBy(() -> new RunningIdentity("identity_foreign",
                "launch.security.issuer=https://login.example").close())
                .rootCause().hasMessageContaining("launch.security.issuer");
    }

    @Test
    void an_old_access_token_does_not_keep_anybody_from_logging_in() {
        var answer = identity.post("/api/auth/login", "an.old.token",
                Map.of("username", "admin", "password", identity.adminPassword()));
        assertThat(answer.status()).isEqualTo(200);
    }

    /** The key that signs, opened as the service does. */
    private static ECKey signing() throws ParseException, GeneralSecurityException {
        var row = identity.sql.sql("select key_id, private_key from identity.signing_keys where state = 'signing'")
                .query().singleRow();
        return ECKey.parse(TokenCipher.withKey(RunningIdentity.KEY).decrypt("identity-signing-key:" + row.get("key_id"),
                (byte[]) row.get("private_key")));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
            throws JOSEException {
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private Sessions.Opened begun(Role role) {
        if (!(users.register(UUID.randomUUID(), "local", RunningIdentity.newName(), NO_HASH,
                Caller.SERVICE) instanceof Users.Outcome.Done(User made))) {
            throw new AssertionError("nobody was made");
        }
        identity.sql.sql("update identity.users set roles = :roles where user_id = :id")
                .param("roles", new String[]{ role.word() }).param("id", made.userId()).update();
        var user = users.byId(made.userId()).orElseThrow();
        return sessions.open(user, UUID.randomUUID(), UUID.randomUUID(), Secrets.hash(Secrets.next(random)),
                Caller.SERVICE).orElseThrow();
    }

    private static String token(Sessions.Opened begun, String issuer, String audience, Clock clock) {
        return new AccessTokens(keys, issuer, audience, LIFE, clock).maker().make(begun.user(), begun.sessionId());
    }

    private static Principal principal(Sessions.Opened begun) {
        var user = begun.user();
        return new Principal(user.tenant(), user.userId().toString(), user.username(), user.roles(),
                new Principal.Session(begun.sessionId()));
    }

    private String key(Role role) {
        var key = ApiKeyText.next(random);
        var owner = principal(begun(role));
        identity.context.getBean(ApiKeys.class).make(owner, UUID.randomUUID(), key, "app",
                EnumSet.allOf(Scope.class), 1, Caller.SERVICE);
        return key.text();
    }
}
