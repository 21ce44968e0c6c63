package io.campaignlauncher.simulation;

import io.campaignlauncher.simulation.engine.FaultSchedule;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.Faults;
import io.campaignlauncher.simulator.core.RateLimit;
import io.campaignlauncher.standin.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The faults that Facebook itself makes, as the simulator knows them. */
final class FacebookFaults {

    /** Longer than any limit of an account lasts here, so that a wait for it shows. */
    static final Duration LIMIT_OF_OTHERS = Duration.ofHours(7);

    private static final FaultEffect FLAKY_REFUSAL = new FaultEffect.Refused(400, 100, 1487390, "Invalid parameter");

    private record Entry(FaultKind kind, FaultTarget on, FaultEffect effect) {}

    private FacebookFaults() {}

    static void add(Faults faults, FaultSchedule schedule, Duration late, Duration lag) {
        for (var entry : entries(late, lag)) {
            double likelihood = schedule.likelihood(entry.kind);
            if (likelihood > 0) {
                faults.add(Fault.always(entry.on, entry.effect).withProbability(likelihood));
            }
        }
    }

    /** Adds what fired to the counts. */
    static void count(Faults faults, FaultSchedule schedule) {
        for (var firing : faults.list()) {
            schedule.count(kind(firing.fault()), firing.fired());
        }
    }

    private static FaultKind kind(Fault fault) {
        return switch (fault.effect()) {
            case FaultEffect.ServerError(var commit) when !(commit instanceof Commit.Never) ->
                FaultKind.SERVER_ERROR_COMMITTED;
            case FaultEffect.SilentFailure _ when DELETIONS.contains(fault.on()) -> FaultKind.SILENT_DELETION;
            case FaultEffect effect when effect.equals(FLAKY_REFUSAL) -> FaultKind.FLAKY_REFUSAL;
            default -> Objects.requireNonNull(KINDS.get(fault.effect().getClass()));
        };
    }

    private static final List<FaultTarget> DELETIONS = List.of(FaultTarget.DELETE_CAMPAIGN, FaultTarget.DELETE_AD_SET,
            FaultTarget.DELETE_AD);

    private static final Map<Class<? extends FaultEffect>, FaultKind> KINDS = Map.ofEntries(
            Map.entry(FaultEffect.ServerError.class, FaultKind.SERVER_ERROR),
            Map.entry(FaultEffect.NullElement.class, FaultKind.NULL_ENTRY),
            Map.entry(FaultEffect.Aborted.class, FaultKind.ABORTED_ENTRY),
            Map.entry(FaultEffect.BatchCutShort.class, FaultKind.BATCH_CUT_SHORT),
            Map.entry(FaultEffect.SilentFailure.class, FaultKind.SILENT_FAILURE),
            Map.entry(FaultEffect.EdgeLag.class, FaultKind.EDGE_LAG),
            Map.entry(FaultEffect.HiddenById.class, FaultKind.HIDDEN_BY_ID),
            Map.entry(FaultEffect.RateLimited.class, FaultKind.RATE_LIMITED),
            Map.entry(FaultEffect.UsageRising.class, FaultKind.USAGE_RISING),
            Map.entry(FaultEffect.UsageOfOthers.class, FaultKind.USAGE_OF_OTHERS),
            Map.entry(FaultEffect.UsageInsideOnly.class, FaultKind.USAGE_INSIDE_ONLY),
            Map.entry(FaultEffect.AccountTurns.class, FaultKind.ACCOUNT_SUSPENDED),
            Map.entry(FaultEffect.TokenRefused.class, FaultKind.TOKEN_DEAD),
            Map.entry(FaultEffect.ErrorAt200.class, FaultKind.ERROR_AT_200),
            Map.entry(FaultEffect.HtmlPage.class, FaultKind.HTML_PAGE),
            Map.entry(FaultEffect.Refused.class, FaultKind.REFUSED),
            Map.entry(FaultEffect.TooMuchData.class, FaultKind.TOO_MUCH_DATA),
            Map.entry(FaultEffect.PolicyBlock.class, FaultKind.POLICY_BLOCK));

    private static List<Entry> entries(Duration late, Duration lag) {
        var all = new ArrayList<Entry>();
        for (var commit : List.of(Commit.never(), Commit.atOnce(), Commit.after(late.dividedBy(2)),
                Commit.after(late))) {
            all.add(new Entry(
                    commit instanceof Commit.Never ? FaultKind.SERVER_ERROR : FaultKind.SERVER_ERROR_COMMITTED,
                    FaultTarget.ANY, new FaultEffect.ServerError(commit)));
            all.add(new Entry(FaultKind.NULL_ENTRY, FaultTarget.ANY_WRITE, new FaultEffect.NullElement(commit)));
            all.add(new Entry(FaultKind.ABORTED_ENTRY, FaultTarget.ANY_WRITE, new FaultEffect.Aborted(commit)));
            all.add(new Entry(FaultKind.BATCH_CUT_SHORT, FaultTarget.BATCH, new FaultEffect.BatchCutShort(commit)));
            all.add(new Entry(FaultKind.ERROR_AT_200, FaultTarget.ANY, new FaultEffect.ErrorAt200(commit)));
            all.add(new Entry(FaultKind.HTML_PAGE, FaultTarget.ANY, new FaultEffect.HtmlPage(commit, 503)));
        }
        all.add(new Entry(FaultKind.SILENT_FAILURE, FaultTarget.ANY_CREATE, new FaultEffect.SilentFailure()));
        DELETIONS.forEach(on -> all.add(new Entry(FaultKind.SILENT_DELETION, on, new FaultEffect.SilentFailure())));
        all.add(new Entry(FaultKind.EDGE_LAG, FaultTarget.ANY_CREATE, new FaultEffect.EdgeLag(lag)));
        all.add(new Entry(FaultKind.HIDDEN_BY_ID, FaultTarget.ANY_CREATE,
                new FaultEffect.HiddenById(lag)));
        for (var limit : RateLimit.values()) {
            all.add(new Entry(FaultKind.RATE_LIMITED, FaultTarget.ANY_WRITE,
                    new FaultEffect.RateLimited(limit, Duration.ofSeconds(30 + 40L * limit.ordinal()))));
        }
        all.add(new Entry(FaultKind.USAGE_RISING, FaultTarget.ANY,
                new FaultEffect.UsageRising(9, Duration.ofMinutes(3))));
        all.add(new Entry(FaultKind.USAGE_OF_OTHERS, FaultTarget.ANY,
                new FaultEffect.UsageOfOthers(LIMIT_OF_OTHERS)));
        all.add(new Entry(FaultKind.USAGE_INSIDE_ONLY, FaultTarget.BATCH, new FaultEffect.UsageInsideOnly()));
        all.add(new Entry(FaultKind.ACCOUNT_SUSPENDED, FaultTarget.ANY_WRITE, FaultEffect.accountDisabled()));
        all.add(new Entry(FaultKind.TOKEN_DEAD, FaultTarget.ANY, new FaultEffect.TokenRefused(463)));
        all.add(new Entry(FaultKind.REFUSED, FaultTarget.ANY_WRITE,
                new FaultEffect.Refused(400, 100, null, "Invalid parameter")));
        all.add(new Entry(FaultKind.FLAKY_REFUSAL, FaultTarget.CREATE_AD, FLAKY_REFUSAL));
        for (int itemsMax : new int[]{ 1, 3, 100 }) {
            all.add(new Entry(FaultKind.TOO_MUCH_DATA, FaultTarget.READ_EDGE,
                    new FaultEffect.TooMuchData(itemsMax, null)));
        }
        all.add(new Entry(FaultKind.POLICY_BLOCK, FaultTarget.ANY_WRITE,
                new FaultEffect.PolicyBlock(Duration.ofMinutes(2))));
        return all;
    }
}
