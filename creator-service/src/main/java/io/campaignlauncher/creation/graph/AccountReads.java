package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.model.Found;
import io.campaignlauncher.graph.GraphAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.KeptName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what exists of a job. Every page passes through the round, which counts, bounds and paces its requests. */
final class AccountReads {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PAGE_LIMIT = "500";
    private static final int PAGES_MAX = 100;

    private final BiFunction<String, Map<String, String>, Mono<GraphAnswer>> get;

    /** A page could not be read: what exists is not known. */
    static final class LookFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient GraphError error;

        LookFailed(GraphError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        GraphError error() {
            return error;
        }
    }

    /** @param get one read by path and parameters */
    AccountReads(BiFunction<String, Map<String, String>, Mono<GraphAnswer>> get) {
        this.get = get;
    }

    /** Campaigns of the command's campaign name on its account. */
    Mono<List<Found>> campaigns(CreateEntities command) {
        var filtering = JSON.writeValueAsString(List.of(
                Map.of("field", "name", "operator", "EQUAL", "value",
                        KeptName.of(command.getCampaign().getName()))));
        return all(command.getAdAccountId() + "/campaigns",
                Map.of("fields", "id,name,adlabels", "filtering", filtering));
    }

    Mono<List<Found>> adSets(String campaignId) {
        return all(campaignId + "/adsets", Map.of("fields", "id,name"));
    }

    Mono<List<Found>> ads(String campaignId) {
        return all(campaignId + "/ads", Map.of("fields", "id,name,adset_id"));
    }

    private Mono<List<Found>> all(String path, Map<String, String> parameters) {
        var pages = new AtomicInteger();
        return page(path, parameters, "")
                .expand(body -> {
                    // The cursor is there on the last page too; only `next` says that there is more.
                    var paging = body.path("paging");
                    if (paging.path("next").asString("").isEmpty()) {
                        return Mono.empty();
                    }
                    if (pages.incrementAndGet() >= PAGES_MAX) {
                        return Mono.error(failed("more than " + PAGES_MAX + " pages of " + path));
                    }
                    var after = paging.path("cursors").path("after").asString("");
                    return after.isEmpty() ? Mono.error(failed("a page of " + path + " without a cursor"))
                            : page(path, parameters, after);
                })
                .flatMap(body -> Flux.fromIterable(body.path("data")))
                .map(AccountReads::found)
                .filter(found -> !found.facebookId().isEmpty())
                .collectList();
    }

    private Mono<JsonNode> page(String path, Map<String, String> parameters, String after) {
        var all = new HashMap<>(parameters);
        all.put("limit", PAGE_LIMIT);
        if (!after.isEmpty()) {
            all.put("after", after);
        }
        return get.apply(path, all).flatMap(answer -> switch (answer.result()) {
            case GraphResult.Success(var body) when body.path("data").isArray() -> Mono.just(body);
            case GraphResult.Success _ -> Mono.error(failed("a page of " + path + " without data"));
            case GraphResult.Failure(var error) -> Mono.error(new LookFailed(error));
        });
    }

    private static LookFailed failed(String message) {
        return new LookFailed(new GraphError(GraphError.Kind.TEMPORARY, false, null, null, 200, message, null, null));
    }

    private static Found found(JsonNode item) {
        Set<String> labels = StreamSupport.stream(item.path("adlabels").spliterator(), false)
                .map(label -> label.path("name").asString(""))
                .collect(Collectors.toSet());
        return new Found(item.path("id").asString(""), item.path("name").asString(""),
                item.path("adset_id").asString(""),
                labels);
    }
}
