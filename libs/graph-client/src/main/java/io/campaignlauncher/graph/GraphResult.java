package io.campaignlauncher.graph;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one operation came to. */
public sealed interface GraphResult {

    /** Facebook said yes, which does not prove that it did it. */
    record Success(JsonNode body) implements GraphResult {

        /** The {@code id} of the answer; null where it has none or an empty one. */
        public @Nullable String id() {
            var id = body.path("id").asString("");
            return id.isEmpty() ? null : id;
        }
    }

    /** Facebook said no, or nothing. */
    record Failure(GraphError error) implements GraphResult {}
}
