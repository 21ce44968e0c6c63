package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.Commit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A batch: its operations one after the other, each with an answer of its own (graph-api.md section 1.5). */
final class Batch {

    private static final int OPERATIONS_MAX = 50;

    private final Operations operations;
    private final ErrorEnvelope envelope;
    private final Tally tally;
    private final SimRequest request;
    private final List<BatchOperation> parts;
    private final Set<String> referredTo = new HashSet<>();
    private final boolean withHeaders;

    private Batch(Operations operations, ErrorEnvelope envelope, Tally tally, SimRequest request,
            List<BatchOperation> parts) {
        this.operations = operations;
        this.envelope = envelope;
        this.tally = tally;
        this.request = request;
        this.parts = parts;
        this.withHeaders = !"false".equals(request.parameters().get("include_headers"));
        parts.forEach(part -> referredTo.addAll(part.dependsOn()));
    }

    /** @throws GraphRefusal when the whole batch is refused */
    static Batch of(SimRequest request, Operations operations, ErrorEnvelope envelope, Tally tally) {
        operations.checkToken(
                new Call(FaultTarget.BATCH, "POST", "", "", request.parameters(), Map.of(), request.token(),
                        request.origin()));
        JsonNode given;
        try {
            given = Json.read(request.parameters()
                    .getOrDefault(request.isAsyncBatch() ? SimRequest.ASYNC_BATCH : "batch", ""));
        } catch (JacksonException e) {
            throw GraphRefusal.invalid("The batch parameter must be a JSON array").blaming("batch");
        }
        if (!given.isArray()) {
            throw GraphRefusal.invalid("The batch parameter must be a JSON array").blaming("batch");
        }
        if (given.size() > OPERATIONS_MAX) {
            throw GraphRefusal.invalid("Too many requests in batch message. Maximum batch size is " + OPERATIONS_MAX);
        }
        var parts = new ArrayList<BatchOperation>(given.size());
        for (var each : given) {
            parts.add(BatchOperation.of(each, request.files()));
        }
        return new Batch(operations, envelope, tally, request, parts);
    }

    List<BatchOperation> parts() {
        return parts;
    }

    Call unresolved(int index) {
        return parts.get(index).call(request.token(), request.origin(), Map.of());
    }

    /** The first account that an operation names by itself. */
    @Nullable
    Account account(Instant now) {
        for (int i = 0; i < parts.size(); i++) {
            var account = operations.accountOf(unresolved(i), now);
            if (account != null) {
                return account;
            }
        }
        return null;
    }

    /** Runs everything; {@code effects} has one list for each operation. */
    ArrayNode run(Context context, List<List<FaultEffect>> effects, Operations.Later later) {
        var answers = Json.array();
        var results = new HashMap<String, JsonNode>();
        var campaigns = new HashSet<String>();
        Commit cut = null;
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var mine = context.with(effects.get(i));
            if (cut == null) {
                var cutting = mine.first(FaultEffect.BatchCutShort.class);
                cut = cutting == null ? null : cutting.commit();
            }
            if (cut == null) {
                answers.add(element(part, answer(part, mine, results, campaigns), mine.now()));
            } else {
                afterTheCut(part, cut, mine, results, campaigns, later);
                answers.addNull();
            }
        }
        return answers;
    }

    private void afterTheCut(BatchOperation part, Commit cut, Context context, Map<String, JsonNode> results,
            Set<String> campaigns, Operations.Later later) {
        switch (cut) {
            case Commit.Never _ -> {
            }
            case Commit.AtOnce _ -> answer(part, context, results, campaigns);
            case Commit.After(Duration delay) ->
                later.commit(context.now().plus(delay), due -> answer(part, new Context(due,
                        List.of(), context.phantoms()), results, campaigns));
        }
    }

    private OperationReply answer(BatchOperation part, Context context, Map<String, JsonNode> results,
            Set<String> campaigns) {
        try {
            for (var name : part.dependsOn()) {
                if (!results.containsKey(name)) {
                    throw dependencyFailed(name);
                }
            }
            if (part.isAbsolute()) {
                return OperationReply.of(Json.id(part.path()));
            }
            var call = part.call(request.token(), request.origin(), results);
            if (call.kind() == FaultTarget.CREATE_AD_SET
                    && !campaigns.add(call.parameters().getOrDefault("campaign_id",
                            ""))) {
                throw GraphRefusal.invalid("A batch must not create several ad sets of the same campaign").blaming(
                        "campaign_id");
            }
            if (call.kind() == FaultTarget.CREATE_IMAGE && !call.parameters().containsKey("copy_from")) {
                throw Images.notInABatch(call);
            }
            var answer = operations.run(call, context);
            if (part.name() != null && answer.status() == 200 && !answer.isNull() && !answer.body().has("error")) {
                results.put(part.name(), answer.body());
            }
            return answer;
        } catch (GraphRefusal refusal) {
            tally.error(refusal.code);
            return envelope.answer(refusal);
        }
    }

    private GraphRefusal dependencyFailed(String name) {
        boolean known = parts.stream().anyMatch(part -> name.equals(part.name()));
        return known ? GraphRefusal.aborted() : GraphRefusal.invalid("Unknown name in a batch dependency: " + name);
    }

    private JsonNode element(BatchOperation part, OperationReply answer, Instant now) {
        if (answer.isNull()) {
            return Json.NODES.nullNode();
        }
        if (answer.status() == 200 && part.name() != null && part.mayOmit() && referredTo.contains(part.name())) {
            return Json.NODES.nullNode();
        }
        var body = Json.write(answer.body());
        var tag = answer.status() == 200 && part.method().equals("GET")
                && (withHeaders || part.ifNoneMatch() != null) ? EntityTag.of(body.getBytes(StandardCharsets.UTF_8))
                        : "";
        boolean known = part.ifNoneMatch() != null && !tag.isEmpty() && EntityTag.isIn(part.ifNoneMatch(), tag);
        var element = Json.object();
        element.put("code", known ? 304 : answer.status());
        if (withHeaders) {
            var headers = element.putArray("headers");
            headers.addObject().put("name", "Content-Type").put("value", "application/json; charset=UTF-8");
            if (!tag.isEmpty()) {
                headers.addObject().put("name", "ETag").put("value", tag);
            }
            var account = operations.accountOf(part.call(request.token(), request.origin(), Map.of()), now);
            if (account != null) {
                account.limits.headers(account.activeAds, now)
                        .forEach((name, value) -> headers.addObject().put("name", name)
                                .put("value", value));
            }
        }
        return element.put("body", known ? null : body);
    }
}
