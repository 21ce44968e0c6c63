package io.campaignlauncher.access.http;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands in front of the HTTP servers.
 *
 * @param trustedProxies addresses and networks, comma-separated, as in {@code 10.0.0.0/8}, of proxies whose {@code X-Forwarded-For}
 *     counts; none: the peer's address counts, whatever a header says
 */
@ConfigurationProperties("launch.http")
public record ProxySettings(@DefaultValue List<String> trustedProxies) {

    public PeerAddresses peers() {
        return new PeerAddresses(trustedProxies);
    }
}
