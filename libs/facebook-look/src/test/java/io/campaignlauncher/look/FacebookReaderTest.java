package io.campaignlauncher.look;

import static io.campaignlauncher.look.MadeJob.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.testing.GraphFake;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FacebookReaderTest {

    private static final GraphResult MISSING = failure(GraphError.Kind.PERMANENT, 100, 33, "does not exist");
    private static final GraphResult LIMITED = failure(GraphError.Kind.RATE_LIMIT, 17, null, "too many calls");

    private final Map<String, ObservedEntity> there = new HashMap<>();
    /** Not in lists, though they are there. */
    private final Set<String> hidden = new HashSet<>();
    private final Map<String, GraphResult> instead = new HashMap<>();
    private final List<List<GraphOperation>> requests = new ArrayList<>();

    @Test
    void a_thousand_ads_take_a_handful_of_requests() {
        var job = MadeJob.ofFifties(20);
        there.putAll(MadeJob.everything(job));

        var read = read(job);

        assertThat(read.faults()).isEmpty();
        assertThat(read.byId()).hasSize(1_021).allSatisfy((id, seen) -> assertThat(seen).as(id)
                .isInstanceOf(Observation.There.class));
        assertThat(requests).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void what_is_in_no_list_is_asked_for_by_its_id() {
        var job = made(3);
        hidden.add(id(EntityType.AD, 1));
        there.remove(id(EntityType.AD, 2));

        var read = read(job);

        assertThat(read.byId().get(id(EntityType.AD, 1))).isInstanceOf(Observation.There.class);
        assertThat(read.byId().get(id(EntityType.AD, 2))).isEqualTo(new Observation.Absent());
        assertThat(requests).hasSize(2);
        assertThat(requests.getLast()).extracting(GraphOperation::path).containsExactly(id(EntityType.AD, 1),
                id(EntityType.AD, 2));
    }

    @Test
    void a_campaign_that_is_gone_takes_what_is_in_it_along_and_its_lists_are_no_fault() {
        var job = made(2);
        there.clear();

        var read = read(job);

        assertThat(read.faults()).isEmpty();
        assertThat(read.byId().values()).containsOnly(new Observation.Absent());
    }

    @Test
    void an_answer_about_something_else_says_nothing() {
        var job = made(1);
        hidden.add(id(EntityType.AD, 1));
        instead.put(id(EntityType.AD, 1), new GraphResult.Success(json("{\"id\":\"999\",\"name\":\"x\"}")));

        var read = read(job);

        assertThat(read.byId().get(id(EntityType.AD, 1))).isInstanceOf(Observation.Unread.class);
        assertThat(read.faults()).hasSize(1);
        assertThat(read.isBlank()).isFalse();
    }

    @Test
    void a_facebook_that_limits_or_refuses_everything_leaves_a_blank_and_says_why() {
        var job = made(2);
        there.keySet().forEach(id -> instead.put(id, LIMITED));
        List.of("act_1001/campaigns", id(EntityType.CAMPAIGN, 1) + "/adsets", id(EntityType.CAMPAIGN, 1) + "/ads")
                .forEach(path -> instead.put(path, LIMITED));

        var read = read(job);

        assertThat(read.isBlank()).isTrue();
        assertThat(read.faults()).extracting(GraphError::kind).containsOnly(GraphError.Kind.RATE_LIMIT);
    }

    @Test
    void a_list_that_cannot_be_read_is_made_up_for_by_reads_by_id() {
        var job = made(2);
        instead.put(id(EntityType.CAMPAIGN, 1) + "/ads", failure(GraphError.Kind.TEMPORARY, 2, null, "try later"));

        var read = read(job);

        assertThat(read.byId().values()).hasSize(5).allMatch(Observation.There.class::isInstance);
        assertThat(read.faults()).hasSize(1);
    }

    private JobState made(int adSets) {
        var job = MadeJob.of(adSets, "");
        there.putAll(MadeJob.everything(job));
        return job;
    }

    private FacebookSnapshot read(JobState job) {
        var label = job.terms().label();
        var graph = new GraphFake() {

            @Override
            public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
                return Mono.fromSupplier(() -> {
                    requests.add(operations);
                    return new GraphBatchAnswer(operations.stream().map(one -> answer(one, label)).toList(),
                            GraphUsage.NONE);
                });
            }
        };
        return new FacebookReader(new GraphReads(graph, 100), InstantSource.fixed(MadeJob.READABLE))
                .read(job, new AccessToken("t")).block();
    }

    private GraphResult answer(GraphOperation operation, String label) {
        var path = operation.path();
        if (instead.containsKey(path)) {
            return instead.get(path);
        }
        if (path.indexOf('/') < 0) {
            return there.containsKey(path) ? new GraphResult.Success(node(there.get(path))) : MISSING;
        }
        var type = path.endsWith("/campaigns") ? EntityType.CAMPAIGN
                : path.endsWith("/adsets") ? EntityType.AD_SET : EntityType.AD;
        if (type != EntityType.CAMPAIGN && !there.containsKey(path.substring(0, path.indexOf('/')))) {
            return MISSING;
        }
        var page = JsonMapper.shared().createObjectNode();
        var data = page.putArray("data");
        MadeJob.ofType(there, type).stream().filter(entity -> !hidden.contains(entity.id())).forEach(entity -> {
            var node = node(entity);
            if (type == EntityType.CAMPAIGN) {
                node.putArray("adlabels").addObject().put("name", label);
            }
            data.add(node);
        });
        return new GraphResult.Success(page);
    }

    private static ObjectNode node(ObservedEntity entity) {
        return JsonMapper.shared().createObjectNode().put("id", entity.id()).put("name", entity.name())
                .put("status", entity.status()).put("effective_status", entity.effectiveStatus())
                .put(entity.type() == EntityType.AD ? "adset_id" : "campaign_id", entity.parentId());
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    private static GraphResult failure(GraphError.Kind kind, int code, Integer subcode, String message) {
        return new GraphResult.Failure(new GraphError(kind, false, code, subcode, 400, message, null, null));
    }
}
