package io.campaignlauncher.frontdoor;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections there are, in all and by address; one too many is closed unread, and the log says so now and then. */
final class ConnectionBounds {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionBounds.class);
    private static final long TELL_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final int max;
    private final int addressMax;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final AtomicLong tellAgainAt = new AtomicLong(System.nanoTime());

    ConnectionBounds(DoorSettings settings) {
        max = settings.connectionsMax();
        addressMax = settings.addressConnectionsMax();
    }

    /** Whether the connection may stay; it counts until it is closed. */
    boolean admit(Channel channel) {
        var address = channel.remoteAddress() instanceof InetSocketAddress internet ? internet.getAddress() : null;
        int total = all.incrementAndGet();
        int ofAddress = address == null ? 0 : byAddress.merge(address, 1, Integer::sum);
        channel.closeFuture().addListener(_ -> {
            all.decrementAndGet();
            if (address != null) {
                byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
            }
        });
        var fits = total <= max && ofAddress <= addressMax;
        if (!fits) {
            tell(total > max ? "launch.http.connections-max = " + max
                    : "launch.http.address-connections-max = " + addressMax);
        }
        return fits;
    }

    private void tell(String bound) {
        long now = System.nanoTime();
        long due = tellAgainAt.get();
        if (now - due >= 0 && tellAgainAt.compareAndSet(due, now + TELL_EVERY_NANOS)) {
            LOG.warn("more connections than {}: further ones are closed", bound);
        }
    }
}
