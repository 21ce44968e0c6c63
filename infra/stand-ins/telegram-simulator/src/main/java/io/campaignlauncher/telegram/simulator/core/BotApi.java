package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.LateEffects;
import io.campaignlauncher.standin.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The Bot API for bots that post in channels: what it answers to a request depends on the requests before, on the times it is told and
 * on its source of randomness, and on nothing else. May be used by several threads; every call holds one lock.
 *
 * <p>Times may not go back. Effects that come late are applied by {@link #advance} and by the next request.
 */
public final class BotApi {

    private final TelegramState state;
    private final LateEffects lateEffects = new LateEffects();
    private final Tally tally = new Tally();
    private final Faults faults;
    private final Replies replies;
    private final Methods methods;
    private final Mishaps mishaps;
    private final TelegramWorld world;

    /** @param random decides about faults with a probability */
    public BotApi(TelegramRules rules, RandomGenerator random) {
        this(rules, random, null);
    }

    /** @param journal where messages are kept, and come from; null: they go with this object */
    public BotApi(TelegramRules rules, RandomGenerator random, @Nullable MessageJournal journal) {
        state = new TelegramState(journal);
        var json = new MessageJson(state);
        var posts = new Posts(state, json, rules);
        faults = new Faults(this, random);
        replies = new Replies(rules.latency());
        methods = new Methods(state, posts, json, rules);
        mishaps = new Mishaps(state, posts);
        world = new TelegramWorld(this, state, posts, methods.reads(), json);
    }

    public Faults faults() {
        return faults;
    }

    /** What exists, as of the latest time that was told, and what people do. */
    public TelegramWorld world() {
        return world;
    }

    public synchronized Counters counters() {
        return tally.snapshot();
    }

    /** Lets everything happen that is due by now. */
    public synchronized void advance(Instant now) {
        lateEffects.advance(now);
        state.bots.values().forEach(bot -> bot.updates.advance(now));
    }

    /** When the next late effect is due, or a call that waits for updates has waited long enough. */
    public synchronized Optional<Instant> nextEffectAt() {
        return Stream.concat(lateEffects.nextAt().stream(),
                state.bots.values().stream().map(bot -> bot.updates.waitsUntil()).filter(Objects::nonNull))
                .min(Instant::compareTo);
    }

    synchronized Instant latest() {
        return lateEffects.latest();
    }

    /** For those who cannot wait: {@code getUpdates} answers at once, with what there is. */
    public synchronized Reply handle(BotRequest request, Instant now) {
        var reply = new AtomicReference<@Nullable Reply>();
        serve(request, now, false, reply::set);
        return Objects.requireNonNull(reply.get());
    }

    /**
     * @param answer is told once, from here or, for {@code getUpdates} with a timeout, from a later call of this object; it may not
     *     block
     */
    public synchronized void handle(BotRequest request, Instant now, Consumer<Reply> answer) {
        serve(request, now, true, answer);
    }

    private void serve(BotRequest request, Instant now, boolean waits, Consumer<Reply> answer) {
        advance(now);
        tally.request();
        try {
            serve(call(request, now), waits, answer);
        } catch (Refusal refusal) {
            answer.accept(refused(refusal));
        }
    }

    private Call call(BotRequest request, Instant now) {
        if (!BotRequest.TOKEN.matcher(request.token()).matches()) {
            throw Refusal.notFound();
        }
        var bot = state.bot(request.token()).filter(known -> !known.revoked).orElseThrow(Refusal::unauthorized);
        var method = ApiMethod.named(request.method()).orElseThrow(Refusal::noSuchMethod);
        return new Call(bot, method, new Parameters(request.parameters(), request.files()), now, false, now);
    }

    private void serve(Call plain, boolean waits, Consumer<Reply> answer) {
        tally.call(plain);
        var effects = faults.match(plain, state);
        mishaps.happen(effects, plain);
        var call = struck(plain, effects);
        var replaced = replaced(call, effects);
        if (replaced != null) {
            answer.accept(replaced);
            return;
        }
        if (call.bot().revoked) {
            throw Refusal.unauthorized();
        }
        var slow = effects.stream().map(effect -> effect instanceof FaultEffect.Slow(var by) ? by : Duration.ZERO)
                .reduce(Duration.ZERO, Duration::plus);
        if (call.method() == ApiMethod.GET_UPDATES) {
            Updates.fetch(call, waits, result -> answer.accept(Replies.later(replies.result(result), slow)),
                    refusal -> answer.accept(refused(refusal)));
            return;
        }
        var reply = Replies.later(replies.result(run(call, effects)), slow);
        for (var damage : damages(effects)) {
            reply = Replies.damaged(reply, damage);
        }
        answer.accept(reply);
    }

    private static List<FaultEffect.Damage> damages(List<FaultEffect> effects) {
        return effects.stream()
                .flatMap(effect -> effect instanceof FaultEffect.Damaged(var damage) ? Stream.of(damage)
                        : Stream.<FaultEffect.Damage>of())
                .distinct().sorted().toList();
    }

    private Reply refused(Refusal refusal) {
        tally.error(refusal.code);
        return replies.refused(refusal);
    }

    private static Call struck(Call call, List<FaultEffect> effects) {
        var struck = call;
        for (var effect : effects) {
            if (effect instanceof FaultEffect.ReadRefused) {
                struck = new Call(struck.bot(), struck.method(), struck.parameters(), struck.now(), true,
                        struck.visibleFrom());
            } else if (effect instanceof FaultEffect.HiddenFor(var during)) {
                struck = new Call(struck.bot(), struck.method(), struck.parameters(), struck.now(), struck.readsFail(),
                        struck.now().plus(during));
            }
        }
        return struck;
    }

    /** The reply in place of the one that belongs to the call; null where nothing of the kind was ordered. */
    private @Nullable Reply replaced(Call call, List<FaultEffect> effects) {
        for (var effect : effects) {
            switch (effect) {
                case FaultEffect.NoAnswer(var commit, var fate) -> {
                    takeEffect(commit, call, effects);
                    tally.unanswered();
                    return replies.none(fate);
                }
                case FaultEffect.Refused(var commit, int code, var description, var retryAfterSeconds) -> {
                    takeEffect(commit, call, effects);
                    return refused(Refusal.of(code, description, retryAfterSeconds));
                }
                case FaultEffect.Page page -> {
                    takeEffect(page.commit(), call, effects);
                    tally.error(page.status());
                    return replies.page(page);
                }
                case FaultEffect.Damaged _,FaultEffect.Slow _,FaultEffect.OthersPost _,FaultEffect.PostRemoved _,FaultEffect.BotLoses _,FaultEffect.ContentProtected _,FaultEffect.HiddenFor _,FaultEffect.ReadRefused _ -> {
                    // replaces no answer
                }
            }
        }
        return null;
    }

    private void takeEffect(Commit commit, Call call, List<FaultEffect> effects) {
        switch (commit) {
            case Commit.Never _ -> {
            }
            case Commit.AtOnce _ -> runUnheard(call, effects);
            case Commit.After(var after) -> lateEffects.add(call.now().plus(after),
                    due -> runUnheard(call.at(due), effects));
        }
    }

    /** Nobody learns what it came to. */
    private void runUnheard(Call call, List<FaultEffect> effects) {
        try {
            if (call.method() != ApiMethod.GET_UPDATES) {
                run(call, effects);
            }
        } catch (Refusal refusal) {
            tally.error(refusal.code);
        }
    }

    private JsonNode run(Call call, List<FaultEffect> effects) {
        var result = methods.run(call);
        for (var effect : effects) {
            if (effect instanceof FaultEffect.PostRemoved(var after) && ApiMethod.SENDS.contains(call.method())) {
                var chat = Objects.requireNonNull(state.chats.get(result.path("chat").path("id").asLong(0)));
                int id = result.path("message_id").asInt(0);
                lateEffects.add(call.now().plus(after), _ -> world.removeIfThere(chat, id));
                lateEffects.advance(call.now());
            }
        }
        return result;
    }
}
