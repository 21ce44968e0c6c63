package io.campaignlauncher.verification.graph;

import io.campaignlauncher.accountcheck.model.Faults;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.CampaignLookup;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.VerificationRequested;
import io.campaignlauncher.verification.model.CampaignSnapshot;
import io.campaignlauncher.verification.model.Comparison;
import io.campaignlauncher.verification.model.EntityState;
import io.campaignlauncher.verification.model.ObservedEntity;
import io.campaignlauncher.worker.GraphFaults;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Reads all that a job has on Facebook: one HTTP request where everything is in place, a few where it is not. */
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

    record CampaignRead(CampaignSnapshot snapshot, int httpCalls) {}

    Mono<CampaignRead> read(AccessToken token, VerificationRequested request) {
        return Mono.defer(() -> {
            var readAt = clock.instant();
            return edges(token, request, readAt).flatMap(edges -> {
                var unobserved = Comparison.campaignOf(request, edges.snapshot()).isPresent()
                        && edges.snapshot().faults().isEmpty()
                                ? Comparison.unobserved(request, edges.snapshot())
                                : List.<String>of();
                return byId(token, request, unobserved)
                        .map(further -> new CampaignRead(edges.snapshot().with(further.states()),
                                edges.httpCalls() + further.httpCalls()));
            });
        });
    }

    private Mono<CampaignRead> edges(AccessToken token, VerificationRequested request, Instant readAt) {
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
            var byId = id == null ? Map.<String, EntityState>of()
                    : Map.of(id, GraphResultMapper.state(results.get(1), "", now()));
            var top = campaigns(results.getFirst(), request, readAt).with(byId);
            var campaign = Comparison.campaignOf(request, top);
            if (campaign.isEmpty()) {
                return Mono.just(new CampaignRead(top, answer.httpCalls()));
            }
            if (id != null) {
                return Mono.just(
                        new CampaignRead(withChildren(request, top, results.get(2), results.get(3)),
                                answer.httpCalls()));
            }
            return reads.read(token, children(campaign.get()))
                    .map(below -> new CampaignRead(
                            withChildren(request, top, below.results().get(0), below.results().get(1)),
                            answer.httpCalls() + below.httpCalls()));
        });
    }

    private static List<GraphOperation> children(String campaignId) {
        return List.of(
                GraphOperation.get(campaignId + "/adsets", Map.of("fields", AD_SET_FIELDS)),
                GraphOperation.get(campaignId + "/ads", Map.of("fields", AD_FIELDS)));
    }

    private CampaignSnapshot campaigns(GraphResult named, VerificationRequested request, Instant readAt) {
        return switch (named) {
            case GraphResult.Success(var edge) -> new CampaignSnapshot(readAt,
                    CampaignLookup.labelled(edge, request.getLabel()).stream()
                            .map(item -> GraphResultMapper.observed(item, ""))
                            .toList(),
                    List.of(), List.of(), Map.of(), List.of());
            case GraphResult.Failure(var error) ->
                new CampaignSnapshot(readAt, List.of(), List.of(), List.of(), Map.of(),
                        List.of(GraphFaults.of(error, now())));
        };
    }

    private CampaignSnapshot withChildren(VerificationRequested request, CampaignSnapshot top, GraphResult adSets,
            GraphResult ads) {
        var faults = new ArrayList<>(top.faults());
        // The campaign is there, its edge is "missing": after its creation that passes and is no failure.
        var early = Comparison.readsMayLag(request, top.readAt());
        var adSetsHidden = early && isMissing(adSets);
        var adsHidden = early && isMissing(ads);
        return new CampaignSnapshot(top.readAt(), top.campaigns(),
                adSetsHidden ? List.of() : children(adSets, "campaign_id", faults),
                adsHidden ? List.of() : children(ads, "adset_id", faults), top.byId(), faults,
                adSetsHidden || adsHidden);
    }

    private static boolean isMissing(GraphResult edge) {
        return edge instanceof GraphResult.Failure(var error) && error.objectMissing();
    }

    private List<ObservedEntity> children(GraphResult edge, String parentField, List<GraphFault> faults) {
        return switch (edge) {
            case GraphResult.Success(var body) -> GraphResultMapper.allObserved(body, parentField);
            case GraphResult.Failure(var error) -> {
                faults.add(error.objectMissing()
                        ? Faults.unreadable("A campaign that exists could not be looked into: " + error.message())
                        : GraphFaults.of(error, now()));
                yield List.of();
            }
        };
    }

    private record Further(Map<String, EntityState> states, int httpCalls) {}

    private Mono<Further> byId(AccessToken token, VerificationRequested request, List<String> ids) {
        var adSetIds = request.getAdSets().stream().map(PlannedEntity::getFacebookId).collect(Collectors.toSet());
        var operations = ids.stream()
                .map(id -> GraphOperation.get(id, Map.of("fields", adSetIds.contains(id) ? AD_SET_FIELDS : AD_FIELDS)))
                .toList();
        return reads.read(token, operations).map(answer -> {
            var states = new HashMap<String, EntityState>();
            for (var i = 0; i < ids.size(); i++) {
                var parentField = adSetIds.contains(ids.get(i)) ? "campaign_id" : "adset_id";
                states.put(ids.get(i), GraphResultMapper.state(answer.results().get(i), parentField, now()));
            }
            return new Further(states, answer.httpCalls());
        });
    }

    private Instant now() {
        return clock.instant();
    }
}
