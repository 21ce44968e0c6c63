package io.campaignlauncher.rollback.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.CampaignLookup;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.rollback.model.Candidate;
import io.campaignlauncher.rollback.model.Ownership;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.KeptName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Finds all that a job may have on Facebook: its campaigns by id and by label, and everything in them. */
final class EntityDiscovery {

    private static final String AD_SET_FIELDS = "id,name";
    private static final String AD_FIELDS = "id,name,adset_id";

    private final GraphReads reads;

    EntityDiscovery(GraphReads reads) {
        this.reads = reads;
    }

    /**
     * @param candidates what edges showed, and what slots know
     * @param unopened   campaigns and ad sets that Facebook said do not exist when asked for what is in them
     * @param errors     of reads that failed: the discovery is worth nothing
     */
    record DiscoveryResult(List<Candidate> candidates, Set<String> unopened, List<GraphError> errors, int httpCalls) {}

    Mono<DiscoveryResult> of(AccessToken token, DeletionRequested request, Ownership ownership) {
        var known = ownership.campaignIds();
        var operations = new ArrayList<GraphOperation>();
        operations.add(CampaignLookup.named(request.getAdAccountId(), KeptName.of(request.getCampaignName()),
                "id,name,adlabels"));
        known.forEach(id -> operations.addAll(children(id)));
        return Mono.defer(() -> {
            var discovered = new Discovered(ownership);
            return reads.read(token, operations).flatMap(first -> {
                discovered.httpCalls += first.httpCalls();
                var further = discovered.campaigns(first.results().getFirst(), request.getLabel())
                        .stream()
                        .filter(id -> !known.contains(id))
                        .toList();
                discovered.children(known, first.results().subList(1, first.results().size()));
                return reads.read(token, further.stream().flatMap(id -> children(id).stream()).toList()).map(second -> {
                    discovered.httpCalls += second.httpCalls();
                    discovered.children(further, second.results());
                    return discovered.resultWithKnown();
                });
            });
        });
    }

    /** What is in these campaigns and ad sets, and so would go with them. */
    Mono<DiscoveryResult> below(AccessToken token, List<Entity> entities, Ownership ownership) {
        var campaigns = idsOf(entities, EntityType.CAMPAIGN);
        var adSets = idsOf(entities, EntityType.AD_SET);
        var operations = new ArrayList<GraphOperation>();
        campaigns.forEach(id -> operations.addAll(children(id)));
        adSets.forEach(id -> operations.add(ads(id)));
        return Mono.defer(() -> {
            var discovered = new Discovered(ownership);
            return reads.read(token, operations).map(answer -> {
                discovered.httpCalls += answer.httpCalls();
                discovered.children(campaigns, answer.results());
                for (var i = 0; i < adSets.size(); i++) {
                    discovered.children(null, adSets.get(i), EntityType.AD,
                            answer.results().get(2 * campaigns.size() + i));
                }
                return discovered.result();
            });
        });
    }

    private static List<String> idsOf(List<Entity> entities, EntityType type) {
        return entities.stream().filter(entity -> entity.getEntityType() == type).map(Entity::getFacebookId).toList();
    }

    private static List<GraphOperation> children(String campaignId) {
        return List.of(
                GraphOperation.get(campaignId + "/adsets", Map.of("fields", AD_SET_FIELDS)),
                ads(campaignId));
    }

    private static GraphOperation ads(String campaignOrAdSetId) {
        return GraphOperation.get(campaignOrAdSetId + "/ads", Map.of("fields", AD_FIELDS));
    }

    /** What one discovery has found so far. */
    private static final class Discovered {

        private final Ownership ownership;
        private final Map<String, Candidate> candidates = new LinkedHashMap<>();
        private final Set<String> unopened = new LinkedHashSet<>();
        private final List<GraphError> errors = new ArrayList<>();
        private int httpCalls;

        Discovered(Ownership ownership) {
            this.ownership = ownership;
        }

        List<String> campaigns(GraphResult named, String label) {
            return switch (named) {
                case GraphResult.Success(var edge) -> CampaignLookup.labelled(edge, label).stream().map(item -> {
                    add(ownership.campaign(text(item, "id"), text(item, "name")));
                    return text(item, "id");
                }).toList();
                case GraphResult.Failure(var error) -> {
                    errors.add(error);
                    yield List.of();
                }
            };
        }

        void children(List<String> campaignIds, List<GraphResult> edges) {
            for (var i = 0; i < campaignIds.size(); i++) {
                var id = campaignIds.get(i);
                children(id, id, EntityType.AD_SET, edges.get(2 * i));
                children(id, id, EntityType.AD, edges.get(2 * i + 1));
            }
        }

        private void children(@Nullable String campaignId, String ownerId, EntityType type, GraphResult edge) {
            switch (edge) {
                case GraphResult.Success(var body) -> body.path("data").valueStream().forEach(item -> {
                    var adSetId = text(item, "adset_id");
                    add(ownership.within(campaignId, type, text(item, "id"), text(item, "name"),
                            adSetId.isEmpty() ? null : adSetId));
                });
                case GraphResult.Failure(var error) when error.objectMissing() -> unopened.add(ownerId);
                case GraphResult.Failure(var error) -> errors.add(error);
            }
        }

        private void add(Candidate candidate) {
            candidates.putIfAbsent(candidate.id(), candidate);
        }

        DiscoveryResult resultWithKnown() {
            ownership.known().forEach(entity -> add(Candidate.known(entity)));
            return result();
        }

        DiscoveryResult result() {
            return new DiscoveryResult(List.copyOf(candidates.values()), unopened, errors, httpCalls);
        }

        private static String text(JsonNode item, String field) {
            return item.path(field).asString("");
        }
    }
}
