package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphResult.Failure;
import io.campaignlauncher.graph.GraphResult.Success;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All pages of one edge, asked for one after the other. A page that failed for the moment is asked for again, and what was read before it
 * is kept; one that was too much for Facebook is asked for with fewer items. {@code paging.next} only tells that there is more: it is an
 * address with the token in it, so the next request is the first one again with {@code after}. A page may be empty and still not be
 * the last.
 */
final class EdgeRead {

    /** Further tries of a page behind the first, in a row. The first costs no more when whoever wants the edge asks again. */
    private static final int FURTHER_TRIES_MAX = 2;

    /** Of one edge. With pages of few items there may be as many as there are items. */
    private static final int REQUESTS_MAX = 1_000;
    private static final int HTTP_OK = 200;

    private final GraphOperation asked;
    private final int pagesMax;
    private final PageSizes sizes;
    private String after = "";
    private int limit;
    private long itemsAskedFor;
    private int requests;
    private int failures;
    private @Nullable ObjectNode soFar;
    private @Nullable GraphResult result;

    /** @param pagesMax pages of {@link PageSizes#ITEMS_MAX} items, or as many smaller ones; an edge with more is a failure */
    EdgeRead(GraphOperation asked, int pagesMax, PageSizes sizes) {
        this.asked = asked;
        this.pagesMax = pagesMax;
        this.sizes = sizes;
    }

    /** The edge as one page, or why it is not known; null while there is more to ask for. */
    @Nullable
    GraphResult result() {
        return result;
    }

    /** What to ask for next. */
    GraphOperation next() {
        limit = sizes.of(asked.path());
        var parameters = new HashMap<>(asked.parameters());
        parameters.put("limit", Integer.toString(limit));
        if (!after.isEmpty()) {
            parameters.put("after", after);
        }
        return GraphOperation.get(asked.path(), parameters);
    }

    /** The answer to {@link #next}. */
    void take(GraphResult answer) {
        requests++;
        switch (answer) {
            case Failure(var error) when error.tooMuchData() && limit > 1 -> sizes.refused(asked.path(), limit);
            case Failure failure -> failed(failure);
            case Success(var body) when !body.path("data").isArray() -> failed(unread(Kind.TEMPORARY,
                    "a page without data"));
            case Success(var page) -> addPage(page);
        }
        if (result == null && requests >= REQUESTS_MAX) {
            result = unread(Kind.TEMPORARY, "more than " + REQUESTS_MAX + " requests needed");
        }
    }

    private void failed(Failure failure) {
        if (failure.error().kind() == Kind.TEMPORARY && !after.isEmpty() && failures < FURTHER_TRIES_MAX) {
            failures++;
        } else {
            result = failure;
        }
    }

    private void addPage(JsonNode page) {
        failures = 0;
        itemsAskedFor += limit;
        sizes.answered(asked.path(), limit);
        if (soFar == null) {
            // Without `paging`, whose address holds the token.
            soFar = ((ObjectNode) page.deepCopy()).without("paging");
        } else {
            soFar.withArray("data").addAll(page.path("data").valueStream().toList());
        }
        if (!page.path("paging").hasNonNull("next")) {
            result = new Success(soFar);
            return;
        }
        after = page.path("paging").path("cursors").path("after").asString("");
        if (itemsAskedFor >= (long) pagesMax * PageSizes.ITEMS_MAX) {
            result = unread(Kind.PERMANENT, "more than " + pagesMax + " pages");
        } else if (after.isEmpty()) {
            result = unread(Kind.TEMPORARY, "a page without cursor that is not the last");
        }
    }

    private Failure unread(Kind kind, String why) {
        return new Failure(new GraphError(kind, false, null, null, HTTP_OK, why + " at " + asked.path(), null, null));
    }
}
