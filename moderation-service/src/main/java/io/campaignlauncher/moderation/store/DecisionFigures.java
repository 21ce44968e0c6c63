package io.campaignlauncher.moderation.store;

import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * How commands were answered. Metric {@code market.decisions}: by {@code command} and {@code outcome}, which is {@code accepted},
 * {@code refused}, or {@code failed} where there was no answer. Metric {@code market.refusals}: by {@code reason}. What has not happened yet is 0, so that the first time is seen.
 */
final class DecisionFigures {

    private static final String ACCEPTED = "accepted";
    private static final String REFUSED = "refused";
    private static final String FAILED = "failed";

    private final MeterRegistry meters;

    DecisionFigures(MeterRegistry meters) {
        this.meters = meters;
        kinds(MarketCommand.class).forEach(command -> Stream.of(ACCEPTED, REFUSED, FAILED)
                .forEach(outcome -> decisions(command, outcome)));
        kinds(Refusal.class).forEach(this::refusals);
    }

    void answered(MarketCommand command, Decision decision) {
        switch (decision) {
            case Decision.Accepted _ -> decisions(command.getClass(), ACCEPTED).increment();
            case Decision.Refused(var refusal) -> {
                decisions(command.getClass(), REFUSED).increment();
                refusals(refusal.getClass()).increment();
            }
        }
    }

    void failed(MarketCommand command) {
        decisions(command.getClass(), FAILED).increment();
    }

    private Counter decisions(Class<?> command, String outcome) {
        return Counter.builder("market.decisions").description("commands by what became of them")
                .tag("command", command.getSimpleName()).tag("outcome", outcome).register(meters);
    }

    private Counter refusals(Class<?> reason) {
        return Counter.builder("market.refusals").description("commands that were refused, by the reason")
                .tag("reason", reason.getSimpleName()).register(meters);
    }

    /** The records of a sealed interface. */
    private static Stream<Class<?>> kinds(Class<?> sealed) {
        return sealed.isSealed() ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(DecisionFigures::kinds)
                .distinct()
                : Stream.of(sealed);
    }
}
