package io.campaignlauncher.creation.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphAnswer;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.testing.GraphFake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.HashSet;
import java.util.Set;
import io.campaignlauncher.graph.Graph;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.json.JsonMapper;

/** A Facebook in memory that does as it is told: creates, refuses, loses answers. Every request takes the same time. */
final class FakeFacebook extends GraphFake {

    static final Duration LATENCY = Duration.ofMillis(40);
    private static final JsonMapper JSON = JsonMapper.shared();

    record Entity(String id, String edge, String name, String parent, List<String> labels) {}

    record Request(long atMs, List<GraphOperation> operations) {

        int mutations() {
            return (int) operations.stream().filter(operation -> operation.method() != Method.GET).count();
        }
    }

    /** What happens to one operation. */
    sealed interface Fate {

        record Done() implements Fate {}

        record Refused(GraphError error) implements Fate {}

        /** It takes effect, and the answer says something else. */
        record DoneButAnswered(GraphResult result) implements Fate {}

        /** It takes effect, and no answer ever comes. */
        record Silence() implements Fate {}
    }

    final Map<String, Entity> entities = new TreeMap<>();
    final List<Request> requests = new ArrayList<>();
    Function<GraphOperation, Fate> fate = _ -> new Fate.Done();
    Function<Integer, GraphUsage> usage = _ -> GraphUsage.NONE;
    Duration latency = LATENCY;
    Function<List<GraphOperation>, Duration> latencyOf = _ -> latency;
    /** A client that breaks its promise and completes without an answer, where {@link Fate.Silence} is due. */
    boolean completesSilently;
    int pageSize = Integer.MAX_VALUE;
    /** That were asked for. */
    final Set<Duration> requestTimeouts = new HashSet<>();
    private final Scheduler scheduler;
    private long lastId = 100_000;

    FakeFacebook(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public Graph within(Duration requestTimeout) {
        requestTimeouts.add(requestTimeout);
        return this;
    }

    String add(String edge, String name, String parent, String... labels) {
        var id = Long.toString(++lastId);
        entities.put(id, new Entity(id, edge, name, parent, List.of(labels)));
        return id;
    }

    List<String> names(String edge) {
        return entities.values().stream().filter(entity -> entity.edge.equals(edge)).map(Entity::name).toList();
    }

    long count(String edge) {
        return names(edge).size();
    }

    List<Request> writes() {
        return requests.stream().filter(request -> request.mutations() > 0).toList();
    }

    static GraphError error(GraphError.Kind kind, boolean unknown, @Nullable Integer code, @Nullable Integer subcode) {
        return new GraphError(kind, unknown, code, subcode, 400, kind + " " + code + "/" + subcode, null,
                kind == GraphError.Kind.RATE_LIMIT ? Duration.ofSeconds(60) : null);
    }

    @Override
    public Mono<GraphAnswer> get(AccessToken token, String path, Map<String, String> parameters) {
        return sent(List.of(GraphOperation.get(path, parameters)))
                .map(answer -> new GraphAnswer(answer.results().getFirst(), answer.usage()));
    }

    @Override
    public Mono<GraphAnswer> post(AccessToken token, String path, Map<String, String> parameters) {
        return sent(List.of(GraphOperation.post(path, parameters)))
                .map(answer -> new GraphAnswer(answer.results().getFirst(), answer.usage()));
    }

    @Override
    public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
        return sent(operations);
    }

    private Mono<GraphBatchAnswer> sent(List<GraphOperation> operations) {
        return Mono.defer(() -> {
            requests.add(new Request(scheduler.now(TimeUnit.MILLISECONDS), operations));
            var number = requests.size();
            return Mono.delay(latencyOf.apply(operations), scheduler).flatMap(_ -> {
                var results = new ArrayList<GraphResult>();
                var named = new HashMap<String, GraphResult>();
                var silent = false;
                for (var operation : operations) {
                    var fate = operation.method() == Method.GET && !(this.fate.apply(operation) instanceof Fate.Refused)
                            ? new Fate.Done() : this.fate.apply(operation);
                    var result = switch (fate) {
                        case Fate.Done _ -> execute(operation, named);
                        case Fate.Refused(var error) -> new GraphResult.Failure(error);
                        case Fate.DoneButAnswered(var answered) -> {
                            execute(operation, named);
                            yield answered;
                        }
                        case Fate.Silence _ -> {
                            silent = true;
                            yield execute(operation, named);
                        }
                    };
                    if (operation.name() != null) {
                        named.put(operation.name(), result);
                    }
                    results.add(result);
                }
                return silent ? completesSilently ? Mono.empty() : Mono.never()
                        : Mono.just(new GraphBatchAnswer(results, usage.apply(number)));
            });
        });
    }

    private GraphResult execute(GraphOperation operation, Map<String, GraphResult> named) {
        return operation.method() == Method.GET ? read(operation) : create(operation, named);
    }

    private GraphResult create(GraphOperation operation, Map<String, GraphResult> named) {
        var edge = operation.path().substring(operation.path().indexOf('/') + 1);
        var parameters = operation.parameters();
        var parent = parameters.getOrDefault("adset_id", parameters.getOrDefault("campaign_id", ""));
        if (parent.startsWith("{result=")) {
            var referred = named.get(parent.substring("{result=".length(), parent.indexOf(':')));
            if (!(referred instanceof GraphResult.Success success) || success.id() == null) {
                return new GraphResult.Failure(error(GraphError.Kind.TEMPORARY, true, 960, null));
            }
            parent = success.id();
        }
        var labels = JSON.readTree(parameters.getOrDefault("adlabels", "[]")).valueStream()
                .map(label -> label.path("name").asString()).toArray(String[]::new);
        var id = add(edge, parameters.get("name"), parent, labels);
        return new GraphResult.Success(JSON.createObjectNode().put("id", id));
    }

    private GraphResult read(GraphOperation operation) {
        var owner = operation.path().substring(0, operation.path().indexOf('/'));
        var edge = operation.path().substring(operation.path().indexOf('/') + 1);
        var items = entities.values().stream()
                .filter(entity -> entity.edge.equals(edge) && isUnder(entity, owner))
                .toList();
        var from = Integer.parseInt(operation.parameters().getOrDefault("after", "0"));
        var to = (int) Math.min(items.size(), (long) from + pageSize);
        var body = JSON.createObjectNode();
        var data = body.putArray("data");
        items.subList(from, to).forEach(entity -> {
            var item = data.addObject().put("id", entity.id).put("name", entity.name).put("adset_id", entity.parent);
            var labels = item.putArray("adlabels");
            entity.labels.forEach(label -> labels.addObject().put("name", label));
        });
        var paging = body.putObject("paging");
        paging.putObject("cursors").put("after", Integer.toString(to));
        if (to < items.size()) {
            paging.put("next", "https://graph.invalid/next");
        }
        return new GraphResult.Success(body);
    }

    private boolean isUnder(Entity entity, String owner) {
        var parent = entities.get(entity.parent);
        return owner.startsWith("act_") || entity.parent.equals(owner) || parent != null && isUnder(parent, owner);
    }
}
