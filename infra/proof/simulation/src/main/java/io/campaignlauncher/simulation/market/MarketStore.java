package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.messages.MarketMessages;
import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Answers;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.LedgerEvent.MoneyMoved;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.MemoryMarket;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.simulation.engine.Surroundings;
import io.campaignlauncher.simulation.engine.Violation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/**
 * The tables and the events of the marketplace. Each decision is one transaction, and one after the other: what locks do between
 * transactions is taken for granted here. Whatever is committed is checked, and every answer is predicted by the {@link Auditor}.
 */
final class MarketStore {

    private static final AvroEncoding ENCODING = new AvroEncoding();

    private final Surroundings surroundings;
    private final MarketSettings settings;
    private final MarketPolicy policy;
    private final MemoryMarket market;
    private final Auditor auditor;
    private final Invariants invariants;
    private final List<Stored> log = new ArrayList<>();
    private final Map<UUID, Long> sequences = new HashMap<>();
    private final Set<String> committed = new HashSet<>();
    private Consumer<List<MarketEvent>> onCommit = _ -> {};

    /** An event as it is stored. @param sequence within its stream */
    record Stored(MarketEvent event, long sequence, Instant at, String type, byte[] bytes) {

        SpecificRecord read() {
            return ENCODING.decode(type, bytes);
        }
    }

    MarketStore(Surroundings surroundings, MarketSettings settings, MarketPolicy policy) {
        this.surroundings = surroundings;
        this.settings = settings;
        this.policy = policy;
        this.market = new MemoryMarket(policy, surroundings.loop().now());
        this.auditor = new Auditor(policy);
        this.invariants = new Invariants(market);
    }

    /** @param told of what was stored together */
    void onCommit(Consumer<List<MarketEvent>> told) {
        onCommit = told;
    }

    MemoryMarket market() {
        return market;
    }

    List<Stored> log() {
        return log;
    }

    MarketPolicy policy() {
        return policy;
    }

    /** What went through {@link #asRead} is what a reader of the topic gets. */
    static SpecificRecord asRead(SpecificRecord message) {
        return ENCODING.decode(message.getSchema().getName(), ENCODING.encode(message));
    }

    /** One transaction. */
    Decision decide(IssuedCommand issued) {
        var now = surroundings.loop().now().truncatedTo(ChronoUnit.MICROS);
        market.at(now);
        var actor = issued.actor();
        var command = issued.command();
        var found = market.caseFor(actor.tenant(), command);
        var decision = settings.rules().apply(found, issued);
        var expected = auditor.answer(now, actor, command);
        surroundings.trace().line("market", "", () -> actor.userId() + " " + actor.roles() + ": " + command + " -> "
                + described(decision));
        if (!expected.equals(kind(decision))) {
            throw new Violation("the auditor expected " + expected + " and not " + described(decision) + " for "
                    + command + " of " + actor);
        }
        if (decision instanceof Decision.Accepted(var events) && !events.isEmpty()) {
            append(events, now);
        }
        committed.add(issued.correlationId());
        return decision;
    }

    private void append(List<MarketEvent> events, Instant now) {
        for (var event : events) {
            market.apply(event);
            var message = MarketMessages.message(event);
            log.add(new Stored(event, sequences.merge(event.stream().id(), 1L, Long::sum) - 1, now,
                    message.getSchema().getName(), ENCODING.encode(message)));
        }
        invariants.check(events);
        events.stream().filter(MoneyMoved.class::isInstance).flatMap(event -> ((MoneyMoved) event).legs().stream())
                .forEach(leg -> compareBooks(leg.walletId()));
        onCommit.accept(events);
    }

    /** Somebody was told that this command was decided. */
    void heard(IssuedCommand issued, Decision decision) {
        if (!committed.contains(issued.correlationId())) {
            throw new Violation("somebody was answered " + described(decision) + ", and nothing was committed: "
                    + issued.command());
        }
        if (decision instanceof Decision.Refused(var refusal) && Answers.sentence(refusal).isBlank()) {
            throw new Violation("a refusal says nothing: " + refusal);
        }
        if (decision instanceof Decision.Refused && issued.command() instanceof MarketCommand.Report
                && issued.actor().userId().equals(Actor.SYSTEM_ID)) {
            throw new Violation("a report is refused: " + issued.command());
        }
    }

    void turn(MarketSwitch name, boolean on) {
        surroundings.trace().line("market", "", () -> name + " is turned " + (on ? "on" : "off"));
        market.turn(name, on);
        invariants.turned(name, on);
        auditor.turned(name, on);
    }

    boolean isOn(MarketSwitch name) {
        return market.switches().getOrDefault(name, false);
    }

    /** At the end of a run: whoever reads the stored bytes knows what is known here, and the auditor has the same money. */
    void checkHistory() {
        var replayed = new MemoryMarket(policy, market.now());
        log.forEach(stored -> replayed.apply(MarketMessages.event(stored.read())));
        var states = replayed.states();
        market.states().forEach((id, state) -> {
            if (!state.equals(states.get(id))) {
                throw new Violation("the stored events lead to " + states.get(id) + " and not to " + state);
            }
        });
        auditor.books().balances().keySet().forEach(this::compareBooks);
        market.targets().forEach((id, target) -> {
            var expected = auditor.targets().get(id);
            if (expected == null || !expected.stage.name().equals(target.status().name())) {
                throw new Violation("the auditor expected another state of " + target);
            }
        });
    }

    private void compareBooks(UUID wallet) {
        long expected = auditor.books().balance(wallet);
        var balance = market.balance(wallet);
        if (!balance.equals(new Money(BigDecimal.valueOf(expected, 2)))) {
            throw new Violation("the auditor expected " + expected + " hundredths and not " + balance + " in wallet "
                    + wallet);
        }
    }

    private static String kind(Decision decision) {
        return switch (decision) {
            case Decision.Accepted _ -> Auditor.DONE;
            case Decision.Refused(var refusal) -> refusal.getClass().getSimpleName();
        };
    }

    private static String described(Decision decision) {
        return switch (decision) {
            case Decision.Accepted(var events) -> events.toString();
            case Decision.Refused(var refusal) -> refusal.toString();
        };
    }
}
