package io.campaignlauncher.frontdoor;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may speak to a server, judged by the head of a request alone. A web page may make its visitor's browser send what it likes
 * to this machine: so the name it believes to speak to must be ours, and what changes something must not come from
 * elsewhere.
 */
final class DoorRules {

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS,
            HttpMethod.TRACE);
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final String SAME_SITE = "same-site";
    private static final String FETCH_SITE = "sec-fetch-site";
    private static final Pattern ABSOLUTE = Pattern.compile("(https?)://([^/?#]*)(.*)", Pattern.CASE_INSENSITIVE);
    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "[::1]");

    private final List<Authority> hosts;
    private final int headersMax;
    private final Predicate<String> jsonAt;

    /**
     * @param address that is listened on
     * @param jsonAt  whether a body sent to a path has to be JSON
     */
    DoorRules(String address, DoorSettings settings, Predicate<String> jsonAt) {
        hosts = hosts(address, settings.hosts());
        headersMax = settings.headersMax();
        this.jsonAt = jsonAt;
    }

    private static List<Authority> hosts(String address, List<String> further) {
        var hosts = new ArrayList<Authority>();
        var names = new ArrayList<>(THIS_MACHINE);
        names.add(address);
        names.addAll(further);
        for (var name : names) {
            var host = Authority.ofSetting(name);
            if (host == null) {
                throw new IllegalArgumentException(
                        "launch.http.hosts: each must be a host name with or without a port, not "
                                + name);
            }
            hosts.add(host);
        }
        return hosts;
    }

    /** Null where the request may come in. */
    @Nullable
    Refusal judge(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return unreadable(request.decoderResult());
        }
        var headers = request.headers();
        if (headers.size() > headersMax) {
            return Refusal.LARGE_HEADER;
        }
        var target = request.uri();
        var absolute = ABSOLUTE.matcher(target);
        var path = target;
        if (absolute.matches()) {
            if (!isOurs(absolute.group(2))) {
                return Refusal.OTHER_HOST;
            }
            path = absolute.group(3);
        } else if (!target.startsWith("/") && !(target.equals("*") && request.method().equals(HttpMethod.OPTIONS))) {
            return Refusal.NO_REQUEST;
        }
        var host = headers.getAll(HttpHeaderNames.HOST);
        if (host.size() != 1 || !isOurs(host.getFirst())) {
            return Refusal.OTHER_HOST;
        }
        var safe = SAFE.contains(request.method());
        if (!safe && isForeign(headers, host.getFirst())) {
            return Refusal.OTHER_SITE;
        }
        return jsonAt.test(path) && needsType(headers, safe)
                && !JsonType.isNamedBy(headers.getAll(HttpHeaderNames.CONTENT_TYPE)) ? Refusal.NO_JSON : null;
    }

    private static Refusal unreadable(DecoderResult result) {
        return switch (result.cause()) {
            case TooLongHttpLineException _ -> Refusal.LONG_LINE;
            case TooLongHttpHeaderException _ -> Refusal.LARGE_HEADER;
            default -> Refusal.NO_REQUEST;
        };
    }

    private boolean isOurs(String given) {
        var asked = Authority.of(given);
        return asked != null && hosts.stream().anyMatch(
                host -> host.host().equals(asked.host()) && (host.port() < 0 || host.port() == asked.port()));
    }

    /** A page of a neighbour, on another port of this machine, say, is as foreign as one from far away. */
    private static boolean isForeign(HttpHeaders headers, String host) {
        var origins = headers.getAll(HttpHeaderNames.ORIGIN);
        if (origins.size() > 1 || origins.size() == 1 && !isOwnOrigin(origins.getFirst(), host)) {
            return true;
        }
        return headers.getAll(FETCH_SITE).stream().map(site -> site.toLowerCase(Locale.ROOT)).anyMatch(
                site -> !OWN_SITE.contains(site) && !(site.equals(SAME_SITE) && !origins.isEmpty()));
    }

    private static boolean isOwnOrigin(String origin, String host) {
        var form = ABSOLUTE.matcher(origin);
        if (!form.matches() || !form.group(3).isEmpty()) {
            return false;
        }
        var from = Authority.of(form.group(2));
        var own = Authority.of(host);
        return from != null && own != null && from.isAt(own, form.group(1).equalsIgnoreCase("https") ? 443 : 80);
    }

    private static boolean needsType(HttpHeaders headers, boolean safe) {
        return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || headers.contains(HttpHeaderNames.CONTENT_LENGTH) && !"0".equals(headers.get(
                        HttpHeaderNames.CONTENT_LENGTH))
                || !safe && headers.contains(HttpHeaderNames.CONTENT_TYPE);
    }
}
