package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.LateEffects;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The simulated Marketing API: requests and time in, replies out. The same requests, times and seed give the same replies.
 * Time must not go backwards. May be called from several threads; one call at a time is served.
 */
public final class GraphSimulator {

    private static final String HTML = "<!DOCTYPE html><html><head><title>Facebook | Error</title></head>"
            + "<body><h1>Sorry, something went wrong.</h1><p>Service Unavailable</p></body></html>";

    private final GraphRules rules;
    private final GraphWorld world;
    private final Faults faults;
    private final Tally tally = new Tally();
    private final ErrorEnvelope envelope;
    private final Operations operations;
    private final WorldView view;
    private final LateEffects lateEffects = new LateEffects();

    public GraphSimulator(GraphRules rules, RandomGenerator random) {
        this.rules = rules;
        this.world = new GraphWorld(rules);
        this.faults = new Faults(this, random);
        this.envelope = new ErrorEnvelope(world.ids);
        this.operations = new Operations(world, envelope, tally, this::later, this::unattended);
        this.view = new WorldView(this, world);
    }

    public Faults faults() {
        return faults;
    }

    /** What really exists, as of the latest time that this simulator was told. */
    public WorldView world() {
        return view;
    }

    public synchronized Counters counters() {
        return tally.snapshot();
    }

    /** Lets everything take effect that is due by now. Handling a request does so too. */
    public synchronized void advance(Instant now) {
        lateEffects.advance(now);
    }

    /** When the next late effect is due. */
    public synchronized Optional<Instant> nextEffectAt() {
        return lateEffects.nextAt();
    }

    public synchronized SimReply handle(SimRequest request, Instant now) {
        advance(now);
        tally.call(request.isBatch());
        var reply = request.isBatch() ? batch(request, now) : single(request, now);
        if (reply.fate() != Fate.ANSWERED) {
            tally.unanswered();
        }
        return reply;
    }

    synchronized Instant latest() {
        return lateEffects.latest();
    }

    private void later(Instant due, Consumer<Instant> effect) {
        lateEffects.add(due, effect);
    }

    /** A fault strikes such an operation as it would strike it alone, but for those of the connection: there is none. */
    private OperationReply unattended(Call call, Instant now) {
        var account = operations.accountOf(call, now);
        var effects = faults.match(operations.faultTarget(call), account == null ? null : account.digits,
                call.parameters());
        return operations.run(call, Context.plain(now).with(effects));
    }

    private SimReply single(SimRequest request, Instant now) {
        var call = Call.of(request);
        var account = operations.accountOf(call, now);
        var effects = faults.match(operations.faultTarget(call), account == null ? null : account.digits,
                call.parameters());
        var context = Context.plain(now).with(effects);
        var delay = rules.latency().plus(slowness(effects));
        var broken = broken(effects, commit -> {
            switch (commit) {
                case Commit.Never _ -> {
                }
                case Commit.AtOnce _ -> operations.run(call, context);
                case Commit.After(var after) ->
                    later(now.plus(after), due -> operations.runLate(call, Context.plain(due)));
            }
        }, delay);
        if (broken != null) {
            return broken;
        }
        var answer = operations.run(call, context);
        return reply(answer.status(), answer.body(), account, delay, now);
    }

    private SimReply batch(SimRequest request, Instant now) {
        Account account = null;
        var delay = rules.batchLatency();
        try {
            var batch = Batch.of(request, operations, envelope, tally);
            account = batch.account(now);
            var outer = faults.match(FaultTarget.BATCH, account == null ? null : account.digits, Map.of());
            var inner = request.isAsyncBatch() ? nothing(batch.parts()) : inner(batch, account, outer, now);
            var all = new ArrayList<>(outer);
            inner.forEach(all::addAll);
            delay = delay.plus(slowness(outer)).plus(inner.stream().map(GraphSimulator::slowness).reduce(Duration.ZERO,
                    (a, b) -> a.compareTo(b) > 0 ? a : b));
            var context = Context.plain(now);
            Consumer<Commit> takeEffect = commit -> {
                switch (commit) {
                    case Commit.Never _ -> {
                    }
                    case Commit.AtOnce _ -> run(request, batch, context, inner);
                    case Commit.After(var after) ->
                        later(now.plus(after), due -> run(request, batch, Context.plain(due), nothing(batch.parts())));
                }
            };
            var broken = broken(all, takeEffect, delay);
            if (broken != null) {
                return broken;
            }
            Operations.strike(account, context.with(outer));
            for (var effect : outer) {
                switch (effect) {
                    case FaultEffect.ServerError(var commit) -> {
                        takeEffect.accept(commit);
                        throw GraphRefusal.serverError();
                    }
                    case FaultEffect.Aborted(var commit) -> {
                        takeEffect.accept(commit);
                        throw GraphRefusal.aborted();
                    }
                    case FaultEffect.ErrorAt200(var commit) -> {
                        takeEffect.accept(commit);
                        tally.error(2);
                        return reply(200, envelope.body(GraphRefusal.serverError()), account, delay, now);
                    }
                    case FaultEffect.NullElement(var commit) -> {
                        takeEffect.accept(commit);
                        return reply(200, Json.NODES.nullNode(), account, delay, now);
                    }
                    default -> {
                        // struck above, handed to each operation, or a matter of the connection
                    }
                }
            }
            var answers = run(request, batch, context, inner);
            return context.with(outer).has(FaultEffect.UsageInsideOnly.class)
                    ? new SimReply(200, Map.of(), new SimReply.Body.Json(answers), delay, Fate.ANSWERED)
                    : reply(200, answers, account, delay, now);
        } catch (GraphRefusal refusal) {
            tally.error(refusal.code);
            return reply(refusal.status, envelope.body(refusal), account, delay, now);
        }
    }

    private JsonNode run(SimRequest request, Batch batch, Context context, List<List<FaultEffect>> inner) {
        return request.isAsyncBatch() ? operations.async().start(batch, context.now(), due -> batch.run(
                Context.plain(due), inner(batch, batch.account(due), List.of(), due), this::later))
                : batch.run(context, inner, this::later);
    }

    /**
     * The faults of each operation, found before the first one runs, as a lost answer concerns them all. What a fault of the
     * whole batch does to created objects, it does in every operation; cutting short happens half-way.
     */
    private List<List<FaultEffect>> inner(Batch batch, @Nullable Account first, List<FaultEffect> outer, Instant now) {
        if (faults.isEmpty()) {
            return nothing(batch.parts());
        }
        int size = batch.parts().size();
        var inner = new ArrayList<List<FaultEffect>>(size);
        for (int i = 0; i < size; i++) {
            var call = batch.unresolved(i);
            var own = operations.accountOf(call, now);
            var account = own == null ? first : own;
            var effects = new ArrayList<>(faults.match(operations.faultTarget(call),
                    account == null ? null : account.digits, call.parameters()));
            for (var effect : outer) {
                if (effect.isAboutObjects() || effect instanceof FaultEffect.BatchCutShort && i == size / 2) {
                    effects.add(effect);
                }
            }
            inner.add(effects);
        }
        return inner;
    }

    private static List<List<FaultEffect>> nothing(List<?> sized) {
        return Collections.nCopies(sized.size(), List.of());
    }

    private static Duration slowness(List<FaultEffect> effects) {
        var sum = Duration.ZERO;
        for (var effect : effects) {
            if (effect instanceof FaultEffect.Slow(var by)) {
                sum = sum.plus(by);
            }
        }
        return sum;
    }

    /** The reply when no proper one arrives; null where nothing of the kind was ordered. */
    private static @Nullable SimReply broken(List<FaultEffect> effects, Consumer<Commit> takeEffect, Duration delay) {
        for (var effect : effects) {
            if (effect instanceof FaultEffect.NoAnswer(var commit, var fate)) {
                takeEffect.accept(commit);
                return new SimReply(0, Map.of(), new SimReply.Body.Json(Json.NODES.nullNode()), delay, fate);
            }
            if (effect instanceof FaultEffect.HtmlPage(var commit, int status)) {
                takeEffect.accept(commit);
                return new SimReply(status, Map.of(), new SimReply.Body.Html(HTML), delay, Fate.ANSWERED);
            }
        }
        return null;
    }

    private SimReply reply(int status, JsonNode body, @Nullable Account account, Duration delay, Instant now) {
        Map<String, String> headers = new HashMap<>();
        if (account != null) {
            headers.putAll(account.limits.headers(account.activeAds, now));
        } else {
            headers.put("X-App-Usage", "{\"call_count\":1,\"total_cputime\":1,\"total_time\":1}");
        }
        headers.put("facebook-api-version", "v24.0");
        if (status == 404) {
            headers.put("WWW-Authenticate", "OAuth \"Facebook Platform\" \"not_found\" \"(#803)\"");
        } else if (status >= 400 && body.path("error").path("code").asInt(0) == 190) {
            headers.put("WWW-Authenticate", "OAuth \"Facebook Platform\" \"invalid_token\"");
        }
        return new SimReply(status, headers, new SimReply.Body.Json(body), delay, Fate.ANSWERED);
    }
}
