package io.campaignlauncher.look;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.CampaignLookup;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.schemas.KeptName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Reads everything that is in a job's campaign or bears its label, in one HTTP request where there are no hundreds of ads, and by its id
 * each entity that a slot has and that was not there. Changes nothing.
 */
public final class FacebookReader {

    private static final Set<String> GONE = Set.of("DELETED", "ARCHIVED");
    private static final String STATUSES = "id,name,status,effective_status";

    private final GraphReads reads;
    private final InstantSource clock;

    public FacebookReader(GraphReads reads, InstantSource clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /**
     * Never an error of Facebook's: the snapshot says what could not be read.
     *
     * @param job that was accepted
     */
    public Mono<FacebookSnapshot> read(JobState job, AccessToken token) {
        return Mono.defer(() -> {
            var reading = new Reading(job, clock.instant());
            return reads.read(token, reading.whole())
                    .doOnNext(answer -> reading.takeWhole(answer.results()))
                    .then(Mono.defer(() -> reads.read(token, reading.unseen())))
                    .map(answer -> reading.snapshot(answer.results()));
        });
    }

    /** One reading: what was asked for, and what came so far. */
    private static final class Reading {

        private final JobState job;
        private final Instant readAt;
        private final Map<String, EntityType> known = new LinkedHashMap<>();
        private final @Nullable String campaignId;
        private final Map<String, Observation> byId = new LinkedHashMap<>();
        private final List<ObservedEntity> inside = new ArrayList<>();
        private final List<ObservedEntity> labelled = new ArrayList<>();
        private final List<GraphError> faults = new ArrayList<>();
        private List<String> unseen = List.of();

        Reading(JobState job, Instant readAt) {
            this.job = job;
            this.readAt = readAt;
            for (int i = 0; i < job.slots().size(); i++) {
                var id = job.slots().get(i).facebookId();
                if (id != null) {
                    known.put(id, job.plan().slots().get(i).id().type());
                }
            }
            this.campaignId = known.entrySet().stream().filter(entry -> entry.getValue() == EntityType.CAMPAIGN)
                    .map(Map.Entry::getKey).findFirst().orElse(null);
        }

        List<GraphOperation> whole() {
            var request = job.terms().request();
            var operations = new ArrayList<GraphOperation>();
            operations.add(CampaignLookup.named(request.adAccountId(), KeptName.of(request.campaign().name()),
                    STATUSES + ",adlabels"));
            if (campaignId != null) {
                operations.add(node(campaignId, EntityType.CAMPAIGN));
                operations.add(edge(campaignId + "/adsets", EntityType.AD_SET));
                operations.add(edge(campaignId + "/ads", EntityType.AD));
            }
            return operations;
        }

        void takeWhole(List<GraphResult> results) {
            items(results.getFirst()).stream()
                    .filter(item -> CampaignLookup.carries(item, job.terms().label()))
                    .forEach(item -> labelled.add(observed(EntityType.CAMPAIGN, item)));
            if (campaignId == null) {
                return;
            }
            byId.put(campaignId, observation(campaignId, EntityType.CAMPAIGN, results.get(1)));
            if (!(byId.get(campaignId) instanceof Observation.Absent)) {
                take(EntityType.AD_SET, results.get(2));
                take(EntityType.AD, results.get(3));
            }
        }

        private void take(EntityType type, GraphResult edge) {
            for (var item : items(edge)) {
                var entity = observed(type, item);
                inside.add(entity);
                if (known.get(entity.id()) == type) {
                    byId.put(entity.id(), new Observation.There(entity));
                }
            }
        }

        /** Lists may lag and hide what is deleted; a read by id says which. */
        List<GraphOperation> unseen() {
            unseen = known.keySet().stream().filter(id -> !byId.containsKey(id)).toList();
            return unseen.stream().map(id -> node(id, typeOf(id))).toList();
        }

        FacebookSnapshot snapshot(List<GraphResult> results) {
            for (int i = 0; i < unseen.size(); i++) {
                byId.put(unseen.get(i), observation(unseen.get(i), typeOf(unseen.get(i)), results.get(i)));
            }
            return new FacebookSnapshot(readAt, byId, labelled, inside, faults);
        }

        private EntityType typeOf(String id) {
            return known.getOrDefault(id, EntityType.CAMPAIGN);
        }

        private Observation observation(String id, EntityType type, GraphResult result) {
            return switch (result) {
                case GraphResult.Success success when !id.equals(success.id()) -> {
                    var why = "the answer to a read of " + id + " is not about it";
                    faults.add(new GraphError(GraphError.Kind.TEMPORARY, false, null, null, 200, why, null, null));
                    yield new Observation.Unread(why);
                }
                case GraphResult.Success(var node) when exists(node) -> new Observation.There(observed(type, node));
                case GraphResult.Success _ -> new Observation.Absent();
                case GraphResult.Failure(var error) when error.objectMissing() -> new Observation.Absent();
                case GraphResult.Failure(var error) -> {
                    faults.add(error);
                    yield new Observation.Unread(error.message());
                }
            };
        }

        /** Of an edge; none where it could not be read. */
        private List<JsonNode> items(GraphResult edge) {
            return switch (edge) {
                case GraphResult.Success(var body) -> body.path("data").valueStream().filter(FacebookReader::exists)
                        .toList();
                case GraphResult.Failure(var error) -> {
                    faults.add(error);
                    yield List.of();
                }
            };
        }
    }

    private static GraphOperation node(String id, EntityType type) {
        return GraphOperation.get(id, Map.of("fields", fields(type)));
    }

    private static GraphOperation edge(String path, EntityType type) {
        return GraphOperation.get(path, Map.of("fields", fields(type)));
    }

    private static String fields(EntityType type) {
        return type == EntityType.CAMPAIGN ? STATUSES : STATUSES + "," + parentField(type);
    }

    private static String parentField(EntityType type) {
        return switch (type) {
            case CAMPAIGN -> "";
            case AD_SET -> "campaign_id";
            case AD -> "adset_id";
        };
    }

    private static ObservedEntity observed(EntityType type, JsonNode item) {
        return new ObservedEntity(type, item.path("id").asString(""), item.path("name").asString(""),
                item.path("status").asString(""), item.path("effective_status").asString(""),
                item.path(parentField(type)).asString(""));
    }

    private static boolean exists(JsonNode item) {
        return !GONE.contains(item.path("effective_status").asString(""));
    }
}
