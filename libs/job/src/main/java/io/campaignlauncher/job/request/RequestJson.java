package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.Violation;
import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of requests: no field is there twice, nothing follows its end, and numbers are as exact as they were. */
public final class RequestJson {

    private RequestJson() {}

    /**
     * A text that {@link #numberBeyondBounds} has nothing against.
     *
     * @throws tools.jackson.core.JacksonException where it is no JSON
     */
    public static JsonNode read(byte[] text) {
        return CanonicalJson.MAPPER.readTree(text);
    }

    /**
     * What is wrong with the first number beyond the {@linkplain JsonNumbers bounds}; empty: there is none.
     *
     * @param depth names in the path of a field that holds texts for Facebook, as in {@code adSet.targeting}
     * @throws tools.jackson.core.JacksonException where it is no JSON
     */
    public static Optional<Violation> numberBeyondBounds(byte[] text, int depth) {
        try (var parser = CanonicalJson.MAPPER.createParser(text)) {
            return JsonNumbers.firstBeyond(parser).map(place -> new Violation(field(place, depth), JsonNumbers.RULE));
        }
    }

    /** The field of a request at or around this place, as in {@code adSet.targeting} or {@code ad.graphFields.bid_amount}. */
    private static String field(JsonPointer place, int depth) {
        var names = new ArrayList<String>();
        int most = depth;
        for (var at = place; !at.matches() && names.size() < most; at = at.tail()) {
            var name = at.getMatchingProperty();
            names.add(Fields.tellable(name));
            most = name.equals("graphFields") ? names.size() + 1 : most;
        }
        return String.join(".", names);
    }
}
