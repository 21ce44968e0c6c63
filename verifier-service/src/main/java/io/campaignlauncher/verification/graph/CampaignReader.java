package io.campaignlauncher.verification.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.CampaignLookup;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.VerificationRequested;
import io.campaignlauncher.verification.model.Comparison;
import io.campaignlauncher.verification.model.Look;
import io.campaignlauncher.verification.model.Seen;
import io.campaignlauncher.verification.model.Sighting;
import io.campaignlauncher.worker.GraphFaults;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Looks at all that a job has on Facebook: one HTTP request where everything is in place, a few where it is not. */
final class CampaignReader {

    private static final String CAMPAIGN_FIELDS = "id,name,status,effective_status";
    private static final String AD_SET_FIELDS = "id,name,effective_status,campaign_id";
    private static final String AD_FIELDS = "id,name,effective_status,adset_id";

    private final GraphReads reads;
    private final Clock clock;

    CampaignReader(GraphReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    record Answer(Look look, int httpCalls) {}

    Mono<Answer> look(AccessToken token, VerificationRequested request) {
        return Mono.defer(() -> {
            var lookedAt = clock.instant();
            return edges(token, request, lookedAt).flatMap(edges -> {
                var unseen = Comparison.campaignOf(request, edges.look()).isPresent() && edges.look().faults().isEmpty()
                        ? Comparison.unseen(request, edges.look())
                        : List.<String>of();
                return byId(token, request, unseen).map(further -> new Answer(edges.look().with(further.sightings()),
                        edges.httpCalls() + further.httpCalls()));
            });
        });
    }

    private Mono<Answer> edges(AccessToken token, VerificationRequested request, Instant lookedAt) {
        var id = request.getCampaign().getFacebookId();
        var operations = new ArrayList<GraphOperation>();
        operations.add(CampaignLookup.named(request.getAdAccountId(), KeptName.of(request.getCampaign().getName()),
                "id,name,effective_status,adlabels"));
        if (id != null) {
            operations.add(GraphOperation.get(id, Map.of("fields", CAMPAIGN_FIELDS)));
            operations.addAll(children(id));
        }
        return reads.read(token, operations).flatMap(answer -> {
            var results = answer.results();
            var byId = id == null ? Map.<String, Sighting>of()
                    : Map.of(id, Answers.sighting(results.get(1), "", now()));
            var top = campaigns(results.getFirst(), request, lookedAt).with(byId);
            var campaign = Comparison.campaignOf(request, top);
            if (campaign.isEmpty()) {
                return Mono.just(new Answer(top, answer.httpCalls()));
            }
            if (id != null) {
                return Mono.just(
                        new Answer(withChildren(request, top, results.get(2), results.get(3)), answer.httpCalls()));
            }
            return reads.read(token, children(campaign.get()))
                    .map(below -> new Answer(withChildren(request, top, below.results().get(0), below.results().get(1)),
                            answer.httpCalls() + below.httpCalls()));
        });
    }

    private static List<GraphOperation> children(String campaignId) {
        return List.of(
                GraphOperation.get(campaignId + "/adsets", Map.of("fields", AD_SET_FIELDS)),
                GraphOperation.get(campaignId + "/ads", Map.of("fields", AD_FIELDS)));
    }

    private Look campaigns(GraphResult named, VerificationRequested request, Instant lookedAt) {
        return switch (named) {
            case GraphResult.Success(var edge) -> new Look(lookedAt,
                    CampaignLookup.labelled(edge, request.getLabel()).stream().map(item -> Answers.seen(item, ""))
                            .toList(),
                    List.of(), List.of(), Map.of(), List.of());
            case GraphResult.Failure(var error) -> new Look(lookedAt, List.of(), List.of(), List.of(), Map.of(),
                    List.of(GraphFaults.of(error, now())));
        };
    }

    private Look withChildren(VerificationRequested request, Look top, GraphResult adSets, GraphResult ads) {
        var faults = new ArrayList<>(top.faults());
        // The campaign is there, its edge is "missing": after its creation that passes and is no failure.
        var early = Comparison.readsMayLag(request, top.lookedAt());
        var adSetsHidden = early && isMissing(adSets);
        var adsHidden = early && isMissing(ads);
        return new Look(top.lookedAt(), top.campaigns(),
                adSetsHidden ? List.of() : children(adSets, "campaign_id", faults),
                adsHidden ? List.of() : children(ads, "adset_id", faults), top.byId(), faults,
                adSetsHidden || adsHidden);
    }

    private static boolean isMissing(GraphResult edge) {
        return edge instanceof GraphResult.Failure(var error) && error.objectMissing();
    }

    private List<Seen> children(GraphResult edge, String parentField, List<GraphFault> faults) {
        return switch (edge) {
            case GraphResult.Success(var body) -> Answers.allSeen(body, parentField);
            case GraphResult.Failure(var error) -> {
                faults.add(error.objectMissing()
                        ? Answers.unreadable("A campaign that exists could not be looked into: " + error.message())
                        : GraphFaults.of(error, now()));
                yield List.of();
            }
        };
    }

    private record Further(Map<String, Sighting> sightings, int httpCalls) {}

    private Mono<Further> byId(AccessToken token, VerificationRequested request, List<String> ids) {
        var adSetIds = request.getAdSets().stream().map(PlannedEntity::getFacebookId).collect(Collectors.toSet());
        var operations = ids.stream()
                .map(id -> GraphOperation.get(id, Map.of("fields", adSetIds.contains(id) ? AD_SET_FIELDS : AD_FIELDS)))
                .toList();
        return reads.read(token, operations).map(answer -> {
            var sightings = new HashMap<String, Sighting>();
            for (var i = 0; i < ids.size(); i++) {
                var parentField = adSetIds.contains(ids.get(i)) ? "campaign_id" : "adset_id";
                sightings.put(ids.get(i), Answers.sighting(answer.results().get(i), parentField, now()));
            }
            return new Further(sightings, answer.httpCalls());
        });
    }

    private Instant now() {
        return clock.instant();
    }
}
