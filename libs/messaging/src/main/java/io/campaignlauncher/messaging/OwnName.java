package io.campaignlauncher.messaging;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who a service is to Kafka and PostgreSQL: their logs and figures name clients by it. The service, what it does there, the machine and
 * the process, as in {@code creator-service-commands-web1-4711}.
 *
 * @param service  which service, or what an operator calls it
 * @param instance which of them
 */
public record OwnName(String service, String instance) {

    private static final String PROCESS = machine() + "-" + ProcessHandle.current().pid();
    private static final Map<String, AtomicInteger> HERE = new ConcurrentHashMap<>();
    /** PostgreSQL cuts a longer name. */
    private static final int DATABASE_NAME_MAX = 63;

    /** A name that no other of this process has: a further service of that name gets a number. */
    public static OwnName of(String service) {
        var number = HERE.computeIfAbsent(service, _ -> new AtomicInteger()).incrementAndGet();
        return new OwnName(service, number == 1 ? PROCESS : PROCESS + "-" + number);
    }

    /** @param role one thing that the service does, by one client at a time */
    public String client(String role) {
        return service + "-" + role + "-" + instance;
    }

    /** The same for a connection to PostgreSQL, of which there may be several. */
    public static String connection(String service, String role) {
        var name = service + "-" + role + "-" + PROCESS;
        return name.substring(0, Math.min(name.length(), DATABASE_NAME_MAX));
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
