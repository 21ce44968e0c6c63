package io.campaignlauncher.moderation.posts;

import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.schemas.LaunchRecords;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Has what a record reports decided on. What was decided on is durable. */
final class ReportDecisions {

    private final Deciding decisions;

    /** Decides on a command. */
    interface Deciding {

        /** Blocks. @param traceparent null: none */
        Decision decide(IssuedCommand issued, @Nullable String traceparent);
    }

    ReportDecisions(Deciding decisions) {
        this.decisions = decisions;
    }

    Mono<Void> decide(LaunchRecords.Received received, MarketCommand command) {
        var envelope = received.envelope();
        return Mono.<Void>fromRunnable(() -> decisions.decide(
                new IssuedCommand(Actor.system(tenant(received)), envelope.correlationId(), command),
                envelope.traceparent())).subscribeOn(Schedulers.boundedElastic());
    }

    static String tenant(LaunchRecords.Received received) {
        return Objects.requireNonNullElse(received.envelope().tenant(), StoredMetaData.LEFT_OUT);
    }
}
