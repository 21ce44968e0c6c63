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
     * @param candidates what was seen, and what slots know
     * @param unopened   campaigns and ad sets that Facebook said do not exist when asked for what is in them
     * @param errors     of reads that failed: the survey is worth nothing
     */
    record Finding(List<Candidate> candidates, Set<String> unopened, List<GraphError> errors, int httpCalls) {}

    Mono<Finding> of(AccessToken token, DeletionRequested request, Ownership ownership) {
        var known = ownership.campaignIds();
        var operations = new ArrayList<GraphOperation>();
        operations.add(CampaignLookup.named(request.getAdAccountId(), KeptName.of(request.getCampaignName()),
                "id,name,adlabels"));
        known.forEach(id -> operations.addAll(children(id)));
        return Mono.defer(() -> {
            var notes = new Notes(ownership);
            return reads.read(token, operations).flatMap(first -> {
                notes.httpCalls += first.httpCalls();
                var further = notes.campaigns(first.results().getFirst(), request.getLabel())
                        .stream()
                        .filter(id -> !known.contains(id))
                        .toList();
                notes.children(known, first.results().subList(1, first.results().size()));
                return reads.read(token, further.stream().flatMap(id -> children(id).stream()).toList()).map(second -> {
                    notes.httpCalls += second.httpCalls();
                    notes.children(further, second.results());
                    return notes.finding();
                });
            });
        });
    }

    /** What is in these campaigns and ad sets, and so would go with them. */
    Mono<Finding> below(AccessToken token, List<Entity> entities, Ownership ownership) {
        var campaigns = idsOf(entities, EntityType.CAMPAIGN);
        var adSets = idsOf(entities, EntityType.AD_SET);
        var operations = new ArrayList<GraphOperation>();
        campaigns.forEach(id -> operations.addAll(children(id)));
        adSets.forEach(id -> operations.add(ads(id)));
        return Mono.defer(() -> {
            var notes = new Notes(ownership);
            return reads.read(token, operations).map(answer -> {
                notes.httpCalls += answer.httpCalls();
                notes.children(campaigns, answer.results());
                for (var i = 0; i < adSets.size(); i++) {
                    notes.children(null, adSets.get(i), EntityType.AD,
                            answer.results().get(2 * campaigns.size() + i));
                }
                return notes.seen();
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

    /** What one survey gathers. */
    private static final class Notes {

        private final Ownership ownership;
        private final Map<String, Candidate> candidates = new LinkedHashMap<>();
        private final Set<String> unopened = new LinkedHashSet<>();
        private final List<GraphError> errors = new ArrayList<>();
        private int httpCalls;

        Notes(Ownership ownership) {
            this.ownership = ownership;
        }

        List<String> campaigns(GraphResult named, String label) {
            return switch (named) {
                case GraphResult.Success(var edge) -> CampaignLookup.labelled(edge, label).stream().map(item -> {
                    note(ownership.campaign(text(item, "id"), text(item, "name")));
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
                    note(ownership.within(campaignId, type, text(item, "id"), text(item, "name"),
                            adSetId.isEmpty() ? null : adSetId));
                });
                case GraphResult.Failure(var error) when error.objectMissing() -> unopened.add(ownerId);
                case GraphResult.Failure(var error) -> errors.add(error);
            }
        }

        private void note(Candidate candidate) {
            candidates.putIfAbsent(candidate.id(), candidate);
        }

        Finding finding() {
            ownership.known().forEach(entity -> note(Candidate.known(entity)));
            return seen();
        }

        Finding seen() {
            return new Finding(List.copyOf(candidates.values()), unopened, errors, httpCalls);
        }

        private static String text(JsonNode item, String field) {
            return item.path(field).asString("");
        }
    }
}
