package io.campaignlauncher.job.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** {@code /openapi.yaml}, the description of every route, and {@code /docs}, a page that shows it and needs nothing from elsewhere. */
final class ApiDescription {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);
    private static final MediaType SCRIPT = new MediaType("text", "javascript", StandardCharsets.UTF_8);
    /** The page writes styles into its elements and has small images as data. */
    private static final String ONLY_FROM_HERE = "default-src 'none'; script-src 'self'; connect-src 'self';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/openapi.yaml", text("openapi.yaml", MediaType.APPLICATION_YAML))
                .GET("/docs", text("docs.html", HTML))
                .GET("/docs/start.js", text("docs.js", SCRIPT))
                .build();
    }

    private static HandlerFunction<ServerResponse> text(String name, MediaType type) {
        byte[] text;
        try {
            text = new ClassPathResource("api/" + name).getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return _ -> ServerResponse.ok().contentType(type).header("Content-Security-Policy", ONLY_FROM_HERE)
                .bodyValue(text);
    }
}
