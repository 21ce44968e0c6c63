package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Buckets;
import io.campaignlauncher.access.http.ProxySettings;
import io.campaignlauncher.access.http.RequestLimits;
import io.campaignlauncher.access.http.RouteTable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.WebFilter;

/** How often somebody may ask, before the routes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ MarketLimitSettings.class, ProxySettings.class })
public class LimitsConfiguration {

    @Bean
    @Order(RequestLimits.BEFORE_RULES)
    WebFilter limitsByAddress(MarketLimitSettings settings, ProxySettings proxies) {
        return RequestLimits.byAddress(Buckets.of("address", settings.addressRequests(), settings.within(),
                settings.remembered()), proxies.peers());
    }

    @Bean
    @Order(RequestLimits.AFTER_RULES)
    WebFilter limitsByUser(MarketLimitSettings settings, RouteTable table) {
        var reads = Buckets.of("reads", settings.reads(), settings.within(), settings.remembered());
        var changes = Buckets.of("changes", settings.changes(), settings.within(), settings.remembered());
        return RequestLimits.byPrincipal(table,
                rule -> HttpMethod.GET.matches(rule.method()) ? reads : changes);
    }
}
