package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.Buckets;
import io.campaignlauncher.access.http.ProxySettings;
import io.campaignlauncher.access.http.RequestLimits;
import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.job.http.JobRoutes.Kind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;

/** How often somebody may ask, before the routes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ RequestLimitSettings.class, ProxySettings.class })
class LimitsConfiguration {

    @Bean
    @Order(RequestLimits.BEFORE_RULES)
    WebFilter limitsByAddress(RequestLimitSettings settings, ProxySettings proxies) {
        return RequestLimits.byAddress(buckets("address", settings.addressRequests(), settings), proxies.peers());
    }

    @Bean
    @Order(RequestLimits.AFTER_RULES)
    WebFilter limitsByUser(RequestLimitSettings settings, RouteTable table) {
        var limits = new EnumMap<Kind, Buckets>(Kind.class);
        for (var kind : Kind.values()) {
            buckets(kind.name().toLowerCase(Locale.ROOT), requests(kind, settings), settings)
                    .ifPresent(buckets -> limits.put(kind, buckets));
        }
        return RequestLimits.byPrincipal(table,
                rule -> JobRoutes.kind(rule).flatMap(kind -> Optional.ofNullable(limits.get(kind))));
    }

    private static int requests(Kind kind, RequestLimitSettings settings) {
        return switch (kind) {
            case LAUNCHES -> settings.launches();
            case READS -> settings.reads();
            case HISTORIES -> settings.histories();
            case STREAMS -> settings.streams();
            case CREDENTIALS -> settings.credentials();
        };
    }

    private static Optional<Buckets> buckets(String name, int requests, RequestLimitSettings settings) {
        return Buckets.of(name, requests, settings.within(), settings.remembered());
    }
}
