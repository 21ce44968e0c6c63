package io.campaignlauncher.console.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Style sheet and scripts. Their address says what is in them, so that a browser keeps them for good. */
final class Assets {

    private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
    private static final MediaType SCRIPT = MediaType.valueOf("text/javascript;charset=utf-8");
    private static final int HASH_DIGITS = 12;

    private final Map<String, Asset> assets = new LinkedHashMap<>();
    private final String hash;

    private record Asset(MediaType type, byte[] bytes) {}

    Assets() {
        add("console.css", MediaType.valueOf("text/css;charset=utf-8"), "console/css/base.css",
                "console/css/launch.css", "console/css/past.css", "console/css/decide.css",
                "console/css/find.css", "console/css/inbox.css",
                "console/css/forms.css", "console/css/market.css",
                "console/css/calls.css", "console/css/facebook.css");
        add("live.js", SCRIPT, "console/live.js");
        add("launch.js", SCRIPT, "console/launch.js");
        add("launching.js", SCRIPT, "console/launching.js");
        add("market.js", SCRIPT, "console/market.js");
        add("calls.js", SCRIPT, "console/calls.js");
        add("uploads.js", SCRIPT, "console/uploads.js");
        add("sha256.js", SCRIPT, "console/sha256.js");
        add("find.js", SCRIPT, "console/find.js");
        add("htmx.js", SCRIPT, HTMX);
        add("icon.svg", MediaType.valueOf("image/svg+xml"), "console/icon.svg");
        hash = hash();
    }

    /** @param resources that are its parts, one after the other */
    private void add(String name, MediaType type, String... resources) {
        try {
            var bytes = new ByteArrayOutputStream();
            for (var resource : resources) {
                bytes.write(new ClassPathResource(resource).getContentAsByteArray());
            }
            assets.put(name, new Asset(type, bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            assets.values().forEach(asset -> digest.update(asset.bytes()));
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where they are, without a slash at the end. */
    String address() {
        return "/console/assets/" + hash;
    }

    Mono<ServerResponse> get(ServerRequest request) {
        var asset = assets.get(request.pathVariable("name"));
        return asset == null || !request.pathVariable("hash").equals(hash) ? ServerResponse.notFound().build()
                : ServerResponse.ok().contentType(asset.type())
                        .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                        .bodyValue(asset.bytes());
    }
}
