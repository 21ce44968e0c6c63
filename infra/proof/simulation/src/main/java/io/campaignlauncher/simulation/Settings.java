package io.campaignlauncher.simulation;

import io.campaignlauncher.creation.claims.Claims;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.pace.AccountPaces;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;

/**
 * How a run is made. The defaults keep what the system relies on; tests that want to see it broken change something here.
 *
 * @param policy    how patient jobs are
 * @param creation  how creators work; lease and request time-out of each are drawn, for those of the policy count
 * @param lateMost  after the client gave a request up, how much later it may still take effect
 * @param lagMost   how long reads may miss what was created
 * @param skewMost  how far the clock of a machine may be ahead or behind
 * @param claims    put around every creator's claims
 * @param paces     put around the paces that every rollback shares with creators
 * @param messages  done to every report of a worker and every command to a creator on its way
 * @param wishes    done to every cancel on its way
 * @param roughness multiplies how likely faults are
 * @param only      the faults in force; empty: any, as they are drawn
 */
record Settings(JobPolicy policy, CreationSettings creation, Duration lateMost, Duration lagMost,
        Duration skewMost, UnaryOperator<Claims> claims, UnaryOperator<AccountPaces> paces,
        UnaryOperator<SpecificRecord> messages, UnaryOperator<JobCommand> wishes, double roughness,
        Set<FaultKind> only) {

    private static final Duration SWEEP_EVERY = Duration.ofSeconds(2);
    private static final Duration SKEW_MOST = Duration.ofMillis(250);
    /** Few, so that a few twins are too many for one request. */
    private static final int NAMED_MAX = 3;
    /** One clock may be ahead, the other one behind; and a little more. */
    private static final Duration ROOM_FOR_SKEW = SKEW_MOST.multipliedBy(2).plusMillis(100);

    static Settings defaults() {
        var d = CreationSettings.defaults();
        var creation = new CreationSettings(d.lease(), d.requestTimeout(), SWEEP_EVERY, d.reportEvery(),
                d.branchesAtOnce(), d.requestsAtOnce(), d.requestsWaitingMax(), d.commandsAtOnce(),
                d.mutationsPerSecond(), d.rateLimitPause());
        return new Settings(JobPolicy.defaults(d.requestTimeout()).withNamedMax(NAMED_MAX), creation,
                d.requestTimeout().minus(ROOM_FOR_SKEW),
                JobPolicy.READ_LAG.minus(ROOM_FOR_SKEW), SKEW_MOST, UnaryOperator.identity(), UnaryOperator.identity(),
                UnaryOperator.identity(), UnaryOperator.identity(), 1, Set.of());
    }

    Duration requestTimeout() {
        return policy.requestTimeout();
    }

    Settings withPolicy(JobPolicy other) {
        return new Settings(other, creation, lateMost, lagMost, skewMost, claims, paces, messages, wishes, roughness,
                only);
    }

    Settings withClaims(UnaryOperator<Claims> around) {
        return new Settings(policy, creation, lateMost, lagMost, skewMost, around, paces, messages, wishes, roughness,
                only);
    }

    Settings withPaces(UnaryOperator<AccountPaces> around) {
        return new Settings(policy, creation, lateMost, lagMost, skewMost, claims, around, messages, wishes, roughness,
                only);
    }

    /** @param changesPerSecond what an account may see from all together */
    Settings withPace(int changesPerSecond) {
        var c = creation;
        return new Settings(policy, new CreationSettings(c.lease(), c.requestTimeout(), c.sweepEvery(),
                c.reportEvery(), c.branchesAtOnce(), c.requestsAtOnce(), c.requestsWaitingMax(), c.commandsAtOnce(),
                changesPerSecond, c.rateLimitPause()), lateMost, lagMost, skewMost, claims, paces, messages, wishes,
                roughness, only);
    }

    Settings withMessages(UnaryOperator<SpecificRecord> change) {
        return new Settings(policy, creation, lateMost, lagMost, skewMost, claims, paces, change, wishes, roughness,
                only);
    }

    Settings withWishes(UnaryOperator<JobCommand> change) {
        return new Settings(policy, creation, lateMost, lagMost, skewMost, claims, paces, messages, change, roughness,
                only);
    }

    Settings withLateMost(Duration other) {
        return new Settings(policy, creation, other, lagMost, skewMost, claims, paces, messages, wishes, roughness,
                only);
    }

    Settings withLagMost(Duration other) {
        return new Settings(policy, creation, lateMost, other, skewMost, claims, paces, messages, wishes, roughness,
                only);
    }

    Settings withSkewMost(Duration other) {
        return new Settings(policy, creation, lateMost, lagMost, other, claims, paces, messages, wishes, roughness,
                only);
    }

    Settings withRoughness(double other) {
        return new Settings(policy, creation, lateMost, lagMost, skewMost, claims, paces, messages, wishes, other,
                only);
    }

    /** These faults in every run and no others, for a test that wants to see what they lead to. */
    Settings withOnly(FaultKind... kinds) {
        return new Settings(policy, creation, lateMost, lagMost, skewMost, claims, paces, messages, wishes, roughness,
                Set.of(kinds));
    }
}
