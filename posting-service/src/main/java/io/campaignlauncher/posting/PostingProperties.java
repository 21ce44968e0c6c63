package io.campaignlauncher.posting;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a posting service works, as settings say it.
 *
 * @param markerHost          host name of the links by which posts are known, {@code https://<host>/t/<post job>}; nobody else may use
 *     it, and it stays the same while posts are under way. Must be set where {@code telegram.token} is
 * @param lease               how long a worker has a channel to itself without renewing it, 10s or more
 * @param channelsAtOnce      channels that this process works on together, 1 or more
 * @param databaseConnections connections to the database of the posts, 1 or more
 */
@ConfigurationProperties("launch.posting")
record PostingProperties(@DefaultValue("") String markerHost, @DefaultValue("30s") Duration lease,
        @DefaultValue("16") int channelsAtOnce, @DefaultValue("8") int databaseConnections) {

    private static final Pattern HOST = Pattern
            .compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");

    PostingProperties {
        if (databaseConnections < 1) {
            throw new IllegalArgumentException(
                    "launch.posting.database-connections must be 1 or more: " + databaseConnections);
        }
        if (!markerHost.isBlank() && (!HOST.matcher(markerHost).matches()
                || URI.create("https://" + markerHost + "/").getHost() == null)) {
            throw new IllegalArgumentException(
                    "launch.posting.marker-host must be a host name in small letters, such as"
                            + " go.example.com, without scheme, port and path: " + markerHost);
        }
    }

    /** @throws IllegalStateException where none is set */
    String requiredMarkerHost() {
        if (markerHost.isBlank()) {
            throw new IllegalStateException("set launch.posting.marker-host: posts are known by their links to it");
        }
        return markerHost;
    }
}
