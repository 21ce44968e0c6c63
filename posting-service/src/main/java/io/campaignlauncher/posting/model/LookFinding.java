package io.campaignlauncher.posting.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a look has come to. */
public sealed interface LookFinding {

    /** One post of the job. @param contentHash of what was read; null where posts are not read */
    record Hit(int messageId, @Nullable String contentHash) {}

    /** It is there. Final, whenever it was seen. */
    record Found(Hit hit) implements LookFinding {}

    /** Every id above the mark is somebody else's, up to the end. It counts once the attempt is settled. */
    record Absent() implements LookFinding {}

    /** Some ids below others show nothing: the post may have been one of them. */
    record Hole(List<Integer> ids) implements LookFinding {}

    /** All that carry the marker, by rising id. */
    record Counted(List<Hit> hits) implements LookFinding {

        public Counted {
            hits = List.copyOf(hits);
        }

        List<Integer> ids() {
            return hits.stream().map(Hit::messageId).toList();
        }
    }

    /** It shows nothing. */
    record Inconclusive(String reason) implements LookFinding {}
}
