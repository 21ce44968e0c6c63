package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphOperation.Method;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one request went, for whoever keeps notes of requests. Holds no token, no parameter, and no id of an account or of anything
 * that was made.
 *
 * @param batch      whether its parts were the operations of a batch
 * @param took       from the moment it was sent to its end
 * @param httpStatus of the answer as a whole; 0 where there was none
 * @param fbtraceId  for Facebook's support; null where none was given
 * @param parts      one for each operation, in order
 */
public record GraphCall(boolean batch, Duration took, int httpStatus, @Nullable String fbtraceId, List<Part> parts) {

    private static final Pattern ACCOUNT = Pattern.compile("act_\\d+");
    private static final Pattern WORD = Pattern.compile("[a-z_]{1,40}");

    /** What became of it, the gravest last. */
    public enum Outcome {
        /** It was answered with a yes, which does not prove that Facebook did it. */
        SENT,
        /** It never left. */
        NOT_SENT,
        /** It was answered with a no. */
        REFUSED,
        /** It was answered with a no because of a limit. */
        LIMITED,
        /** Nobody knows: no answer, none that could be read, or one that leaves it open. */
        UNKNOWN
    }

    /**
     * One operation.
     *
     * @param path  what kind of address it went to: {@code {account}/adsets}, {@code {id}}
     * @param error null where Facebook said yes
     */
    public record Part(Method method, String path, Outcome outcome, @Nullable GraphError error) {}

    public GraphCall {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a request does something");
        }
        parts = List.copyOf(parts);
    }

    /** That of its gravest part. */
    public Outcome outcome() {
        return gravest(parts.stream().map(Part::outcome).toList());
    }

    private static Outcome gravest(Collection<Outcome> outcomes) {
        return outcomes.stream().max(Comparator.naturalOrder()).orElseThrow();
    }

    /** Whether any part may change anything on Facebook. */
    public boolean isWrite() {
        return parts.stream().anyMatch(part -> part.method() != Method.GET);
    }

    /** What kind of address a path is: words as they are, accounts and everything else by what they stand for. */
    static String kindOf(String path) {
        return Stream.of(path.split("[?]", 2)[0].split("/")).filter(step -> !step.isEmpty()).map(step -> {
            if (ACCOUNT.matcher(step).matches()) {
                return "{account}";
            }
            return WORD.matcher(step).matches() ? step : "{id}";
        }).collect(Collectors.joining("/"));
    }
}
