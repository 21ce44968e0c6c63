package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.model.ObservedEntity;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.CampaignLookup;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.KeptName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Reads what exists of a job. Every request passes through the round, which counts, bounds and paces them. */
final class AccountReads {

    private static final int PAGES_MAX = 100;

    private final GraphReads reads;
    private final AccessToken token;

    /** A page could not be read: what exists is not known. */
    static final class ReadFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient GraphError error;

        ReadFailed(GraphError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        GraphError error() {
            return error;
        }
    }

    /** What is in a campaign. */
    record Children(List<ObservedEntity> adSets, List<ObservedEntity> ads) {}

    AccountReads(RoundPorts ports, RoundRequests requests, AccessToken token) {
        this.reads = new GraphReads(requests::read, PAGES_MAX, ports.pageSizes());
        this.token = token;
    }

    /** Campaigns of the command's campaign name on its account. */
    Mono<List<ObservedEntity>> campaigns(CreateEntities command) {
        return all(List.of(CampaignLookup.named(command.getAdAccountId(), KeptName.of(command.getCampaign().getName()),
                "id,name,adlabels"))).map(List::getFirst);
    }

    Mono<Children> children(String campaignId) {
        return all(List.of(GraphOperation.get(campaignId + "/adsets", Map.of("fields", "id,name")),
                GraphOperation.get(campaignId + "/ads", Map.of("fields", "id,name,adset_id"))))
                .map(edges -> new Children(edges.get(0), edges.get(1)));
    }

    private Mono<List<List<ObservedEntity>>> all(List<GraphOperation> edges) {
        return reads.read(token, edges).map(answer -> answer.results().stream().map(AccountReads::found).toList());
    }

    private static List<ObservedEntity> found(GraphResult edge) {
        return switch (edge) {
            case GraphResult.Success(var body) -> body.path("data").valueStream()
                    .map(AccountReads::found)
                    .filter(found -> !found.facebookId().isEmpty())
                    .toList();
            case GraphResult.Failure(var error) -> throw new ReadFailed(error);
        };
    }

    private static ObservedEntity found(JsonNode item) {
        return new ObservedEntity(item.path("id").asString(""), item.path("name").asString(""),
                item.path("adset_id").asString(""), item.path("adlabels").valueStream()
                        .map(label -> label.path("name").asString(""))
                        .collect(Collectors.toSet()));
    }
}
