package io.campaignlauncher.identity.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.http.BearerAuthentication;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.identity.store.ApiKeys;
import io.campaignlauncher.identity.store.Sessions;
import io.campaignlauncher.identity.store.SigningKeys;
import io.campaignlauncher.identity.token.AccessTokens;
import io.campaignlauncher.identity.token.KeyRing;
import io.campaignlauncher.messaging.TokenCipher;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.transaction.support.TransactionTemplate;

/** Where the database is away nobody is taken for a stranger: the answer is that it cannot be told. */
class BearerAuthenticationTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final DriverManagerDataSource away = new DriverManagerDataSource(
            "jdbc:postgresql://127.0.0.1:1/nothing?connectTimeout=1");
    private final JdbcClient sql = JdbcClient.create(away);
    private final TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(away));
    private final Audit audit = new Audit(sql, "identity.audit");
    private final AccessTokens tokens = new AccessTokens(
            new KeyRing(new SigningKeys(sql, transactions, DAY),
                    TokenCipher.withKey(Base64.getEncoder().encodeToString(new byte[32])), Clock.systemUTC()),
            "issuer", "audience", Duration.ofMinutes(10), Clock.systemUTC());
    private final BearerAuthentication authentication = new BearerAuthentication(tokens.decoder(),
            new StoredHolders(new Sessions(sql, transactions, audit, DAY, DAY), new ApiKeys(sql, transactions, audit)));

    @Test
    void an_access_token_cannot_be_judged() throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("one").build(),
                new JWTClaimsSet.Builder().issuer("issuer").build());
        token.sign(new ECDSASigner(key));

        assertThatThrownBy(() -> judge(token.serialize())).isInstanceOf(BearerAuthentication.Unavailable.class);
    }

    @Test
    void an_api_key_cannot_be_judged() {
        assertThatThrownBy(() -> judge(ApiKeyText.next(new SecureRandom()).text()))
                .isInstanceOf(BearerAuthentication.Unavailable.class);
    }

    @Test
    void what_cannot_be_a_token_or_a_key_needs_no_database() {
        for (var text : new String[]{ "x", "a.b.c", "cl_", "cl_0123456789ab_short" }) {
            assertThatThrownBy(() -> judge(text)).as(text).isInstanceOf(InvalidBearerTokenException.class);
        }
    }

    private void judge(String token) {
        authentication.authenticate(new BearerTokenAuthenticationToken(token)).block();
    }
}
