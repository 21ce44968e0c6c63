package io.campaignlauncher.access.http;

import io.campaignlauncher.messaging.SecurityMode;
import io.campaignlauncher.messaging.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Who asks, for a service that has no users of its own. Needs a {@link RouteTable} and a Clock; tells {@link RuledRoutes.Refused}
 * where there is one.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecuritySettings.class)
public class AccessConfiguration {

    /** Of one's own issuer, and of others: an access token that says what it is, or whatever most of them make. */
    private static final List<String> FOREIGN_TYPES = List.of(TokenForm.TYPE, "JWT", "");

    @Bean
    SecurityWebFilterChain routeRules(ServerHttpSecurity http, RouteTable table, BearerAuthentication bearers,
            ObjectProvider<RuledRoutes.Refused> refused, Environment environment) {
        var peers = Settings.of(environment, ProxySettings.class).peers();
        var local = SecurityMode.of(environment) == SecurityMode.LOCAL && table.knowsLocalOperator();
        return new RuledRoutes(table, bearers, request -> local && peers.isThisMachine(request),
                refused.getIfAvailable(() -> (_, _, _) -> Mono.empty())).of(http);
    }

    @Bean
    BearerAuthentication bearerAuthentication(SecuritySettings settings, Environment environment,
            ObjectProvider<IssuerHere> here, ObjectProvider<Holders> holders, Clock clock) {
        var issuer = here.getIfAvailable();
        return issuer != null ? new BearerAuthentication(issuer, holders.getObject())
                : bearers(settings, SecurityMode.of(environment), holders, clock);
    }

    /** Tokens of our own are never taken for what they say alone: without somebody who knows what has ended there is no start. */
    static BearerAuthentication bearers(SecuritySettings settings, SecurityMode mode, ObjectProvider<Holders> holders,
            Clock clock) {
        return new BearerAuthentication(decoder(settings, mode, clock),
                settings.hasOwnIssuer() ? holders.getObject() : new ForeignHolders(settings));
    }

    private static @Nullable ReactiveJwtDecoder decoder(SecuritySettings settings, SecurityMode mode, Clock clock) {
        var keys = keys(settings, mode);
        return keys == null ? null : form(settings).decoder(keys, clock);
    }

    private static @Nullable IssuerKeys keys(SecuritySettings settings, SecurityMode mode) {
        var address = settings.keysAddress();
        if (address == null && !settings.isForeign()) {
            return switch (mode) {
                // Nobody is named whose tokens could be good.
                case LOCAL -> null;
                case TOKENS -> throw new IllegalStateException("launch.security.jwks-uri is needed where"
                        + " launch.security.mode is tokens: the address of the issuer's public keys, of an"
                        + " identity-service its /.well-known/jwks.json");
            };
        }
        var keys = address == null ? IssuerKeys.of(settings.issuer(), System::nanoTime)
                : IssuerKeys.at(address, System::nanoTime);
        keys.prepare();
        return keys;
    }

    private static TokenForm form(SecuritySettings settings) {
        return settings.isForeign()
                ? new TokenForm(settings.issuer(), settings.audience(),
                        Objects.requireNonNull(SignatureAlgorithm.from(settings.algorithm())), FOREIGN_TYPES)
                : TokenForm.own(settings.issuer(), settings.audience());
    }
}
