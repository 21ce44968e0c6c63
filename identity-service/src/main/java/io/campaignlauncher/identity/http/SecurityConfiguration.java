package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.audit.Refusals;
import io.campaignlauncher.access.http.BearerAuthentication;
import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.access.http.RuledRoutes;
import io.campaignlauncher.access.http.SecuritySettings;
import io.campaignlauncher.identity.model.AuthRoute;
import io.campaignlauncher.identity.store.ApiKeys;
import io.campaignlauncher.identity.store.Sessions;
import io.campaignlauncher.identity.token.AccessTokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * Puts the rule of every route before it. In every mode everybody shows here who they are: what the routes do, they do for a user
 * of ours.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
public class SecurityConfiguration {

    @Bean
    SecurityWebFilterChain rules(ServerHttpSecurity http, AccessTokens tokens, Sessions sessions, ApiKeys keys,
            Refusals refusals, Environment environment) {
        if (SecuritySettings.of(environment).isForeign()) {
            throw new IllegalStateException("launch.security.issuer names somebody else's issuer: then there are no"
                    + " passwords and API keys here, and no identity-service is needed");
        }
        var bearers = new BearerAuthentication(tokens.decoder(), new StoredHolders(sessions, keys));
        return new RuledRoutes(new RouteTable(AuthRoute.rules()), bearers, _ -> false, refusals).of(http);
    }
}
