package io.campaignlauncher.simulator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Work that is done after its answer: {@code asyncadrequestsets} and {@code asyncbatch} (graph-api.md section 1.6). One
 * operation is done after the other, each in {@link #EACH}.
 */
final class AsyncRequests {

    /** Facebook names no time; this one lets a client see the counters move. */
    static final Duration EACH = Duration.ofMillis(500);

    private static final int REQUESTS_MAX = 1000;
    private static final int PAGE_USUAL = 25;

    /** Carries out one operation for which no connection waits. */
    interface Runner {
        OperationReply run(Call call, Instant now);
    }

    private final GraphWorld world;
    private final Operations.Later later;
    private final Runner runner;
    private final FieldSelection.Cache selections;

    AsyncRequests(GraphWorld world, Operations.Later later, Runner runner, FieldSelection.Cache selections) {
        this.world = world;
        this.later = later;
        this.runner = runner;
        this.selections = selections;
    }

    /** {@code POST /act_x/asyncadrequestsets}. */
    ObjectNode order(Call call, Account account, Inputs inputs, Context context) {
        var now = context.now();
        var name = inputs.required("name");
        inputs.required("ad_specs");
        var specs = inputs.list("ad_specs");
        if (specs == null || specs.isEmpty() || specs.size() > REQUESTS_MAX) {
            throw GraphRefusal.invalid("ad_specs must hold 1 to " + REQUESTS_MAX + " ads").blaming("ad_specs");
        }
        var mode = inputs.oneOf("notification_mode", Set.of("OFF", "ON_COMPLETE"));
        var requests = new ArrayList<AsyncNode.AdRequest>(specs.size());
        var set = new AsyncNode.AdRequestSet(world.ids.next(), account, name, mode == null ? "OFF" : mode,
                inputs.text("notification_uri"), now, requests);
        if (context.has(FaultEffect.SilentFailure.class)) {
            return Json.id(Long.toString(set.number()));
        }
        var due = now;
        for (var spec : specs) {
            var input = new LinkedHashMap<String, String>();
            spec.properties().forEach(each -> input.put(each.getKey(), Json.parameter(each.getValue())));
            input.remove("access_token"); // is shown again
            var ad = Call.of("POST", call.node() + "/ads", input, call.files(), call.token(), call.origin());
            var request = new AsyncNode.AdRequest(world.ids.next(), set.number(), account, input, ad, now, due);
            due = due.plus(EACH);
            later.commit(due, at -> carryOut(request, at));
            requests.add(request);
            world.async.put(request.number(), request);
        }
        world.async.put(set.number(), set);
        return Json.id(Long.toString(set.number()));
    }

    private void carryOut(AsyncNode.AdRequest request, Instant now) {
        if (!request.isOver()) {
            request.finish(runner.run(request.call, now), now);
        }
    }

    /** {@code asyncbatch}: a session for each operation; {@code work} answers as a batch does. */
    ObjectNode start(Batch batch, Instant now, Function<Instant, ArrayNode> work) {
        var answer = Json.object();
        var shown = answer.putArray("async_sessions");
        var sessions = new ArrayList<AsyncNode.Session>();
        for (var operation : batch.parts()) {
            var session = new AsyncNode.Session(world.ids.next(), operation, now);
            sessions.add(session);
            world.async.put(session.number(), session);
            shown.addObject().put("id", Long.toString(session.number())).put("name", operation.name());
        }
        later.commit(now.plus(EACH.multipliedBy(sessions.size())), due -> {
            var elements = work.apply(due);
            for (int i = 0; i < sessions.size(); i++) {
                sessions.get(i).finish(elements.get(i), due);
            }
        });
        return answer;
    }

    @Nullable
    AsyncNode find(long number) {
        return world.async.get(number);
    }

    ObjectNode read(AsyncNode node, @Nullable FieldSelection selection, Instant now) {
        var whole = node.whole(now);
        var shown = Json.object();
        for (var field : selection == null ? List.<FieldSelection.Field>of() : selection.fields()) {
            if (!(whole.get(field.name()) instanceof JsonNode value)) {
                throw NodeReads.unknown(field.name(), node.nodeType());
            }
            if (!value.isNull()) {
                shown.set(field.name(), value);
            }
        }
        return shown.put("id", Long.toString(node.number()));
    }

    /** {@code GET /{set}/requests}. */
    ObjectNode requests(Call call, AsyncNode node, Inputs inputs, Instant now) {
        if (!(node instanceof AsyncNode.AdRequestSet set) || !call.edge().equals("requests")) {
            throw GraphRefusal.noSuchObject(call.method(), call.node() + "/" + call.edge());
        }
        var statuses = inputs.list("statuses");
        var wanted = new HashSet<String>();
        if (statuses != null) {
            statuses.forEach(each -> wanted.add(each.asString("")));
        }
        return page(inputs, set.requests().stream()
                .filter(each -> wanted.isEmpty() || wanted.contains(each.status(now).name())).toList(), now);
    }

    /** {@code GET /act_x/asyncadrequestsets}, oldest first. */
    ObjectNode sets(Account account, Inputs inputs, Instant now) {
        return page(inputs, world.async.values().stream()
                .filter(each -> each instanceof AsyncNode.AdRequestSet && each.account() == account).toList(), now);
    }

    private ObjectNode page(Inputs inputs, List<? extends AsyncNode> nodes, Instant now) {
        var selection = inputs.has("fields") ? selections.of(inputs.required("fields")) : null;
        var limit = inputs.money("limit");
        long after = inputs.has("after") ? Ids.number(inputs.required("after")) : 0;
        var page = nodes.stream().filter(each -> each.number() > after)
                .limit(limit == null ? PAGE_USUAL : Math.max(1, limit)).toList();
        var answer = Json.object();
        var data = answer.putArray("data");
        page.forEach(each -> data.add(read(each, selection, now)));
        if (!page.isEmpty()) {
            answer.putObject("paging").putObject("cursors").put("before", Long.toString(page.getFirst().number()))
                    .put("after", Long.toString(page.getLast().number()));
        }
        return answer;
    }

    /** {@code DELETE} of a set or of one of its requests: what is not done yet never will be. */
    ObjectNode cancel(Call call, AsyncNode node, Instant now) {
        switch (node) {
            case AsyncNode.AdRequestSet set -> set.requests().forEach(each -> each.cancel(now));
            case AsyncNode.AdRequest request -> request.cancel(now);
            case AsyncNode.Session _ -> throw GraphRefusal.noSuchObject(call.method(), call.node());
        }
        return Json.success();
    }
}
