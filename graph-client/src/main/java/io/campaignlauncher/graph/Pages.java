package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.graph.GraphResult.Failure;
import io.campaignlauncher.graph.GraphResult.Success;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Walks an edge page by page. {@code paging.next} only tells that there is more: it is an absolute address with the token in it, so the
 * next request is the first one again with {@code after}. A page may be empty and still not be the last.
 */
record Pages(Function<Map<String, String>, Mono<GraphAnswer>> read, Map<String, String> parameters, int pagesMax) {

    private static final int HTTP_OK = 200;

    private record Page(JsonNode body, int number) {}

    Flux<JsonNode> items() {
        return page(parameters, 1).expand(this::next).concatMapIterable(page -> page.body().path("data").values());
    }

    private Mono<Page> next(Page page) {
        var paging = page.body().path("paging");
        if (!paging.hasNonNull("next")) {
            return Mono.empty();
        }
        if (page.number() >= pagesMax) {
            return failed(Kind.PERMANENT, "more than " + pagesMax + " pages");
        }
        var after = paging.path("cursors").path("after").asString("");
        if (after.isEmpty()) {
            return failed(Kind.TEMPORARY, "a page without cursor that is not the last");
        }
        var further = new HashMap<>(parameters);
        further.put("after", after);
        return page(further, page.number() + 1);
    }

    private Mono<Page> page(Map<String, String> asked, int number) {
        return read.apply(asked).flatMap(answer -> switch (answer.result()) {
            case Success(var body) when body.path("data").isArray() -> Mono.just(new Page(body, number));
            case Success _ -> failed(Kind.TEMPORARY, "a page without data");
            case Failure(var error) -> Mono.error(new GraphFailed(error));
        });
    }

    private static Mono<Page> failed(Kind kind, String what) {
        return Mono.error(new GraphFailed(new GraphError(kind, false, null, null, HTTP_OK, what, null, null)));
    }
}
