package io.campaignlauncher.access.http;

import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where bodies are something else than JSON. What takes them there refuses each type that a web page may send to where it likes
 * without being asked for leave, forms and {@code text/plain}, or asks for a token that only our own pages have.
 *
 * @param at a request's path with its query
 */
public record OtherBodies(Predicate<String> at) {

    /** Where any of them is. */
    static OtherBodies all(Stream<OtherBodies> several) {
        return new OtherBodies(several.map(OtherBodies::at).reduce(Predicate::or).orElse(_ -> false));
    }
}
