package io.campaignlauncher.graph;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An image of an ad account.
 *
 * @param hash names its content, and is good in that account alone
 * @param width in points; 0: Facebook did not say
 * @param height in points; 0: Facebook did not say
 */
public record AdImage(String hash, int width, int height) {

    static final String FIELDS = "hash,width,height";

    /** Of an answer with {@code data}; empty: it has none. */
    public static Optional<List<AdImage>> listed(JsonNode body) {
        var data = body.path("data");
        return data.isArray()
                ? Optional.of(data.valueStream().map(AdImage::of).flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    static Optional<AdImage> of(JsonNode image) {
        var hash = image.path("hash").asString("");
        return hash.isEmpty() ? Optional.empty()
                : Optional.of(new AdImage(hash, image.path("width").asInt(0), image.path("height").asInt(0)));
    }
}
