package io.campaignlauncher.simulation.market;

import io.campaignlauncher.simulation.engine.FaultSchedule;
import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.FaultEffect.Damage;
import io.campaignlauncher.telegram.simulator.core.FaultEffect.Loss;
import io.campaignlauncher.telegram.simulator.core.Faults;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The faults that Telegram itself makes, as the simulator knows them. */
final class TelegramFaults {

    private static final Set<ApiMethod> WRITES = EnumSet.of(ApiMethod.SEND_MESSAGE, ApiMethod.SEND_PHOTO,
            ApiMethod.FORWARD_MESSAGE, ApiMethod.DELETE_MESSAGE, ApiMethod.EDIT_MESSAGE_TEXT,
            ApiMethod.EDIT_MESSAGE_CAPTION);
    private static final Set<ApiMethod> READS = EnumSet.of(ApiMethod.EDIT_MESSAGE_LIVE_LOCATION, ApiMethod.GET_CHAT,
            ApiMethod.GET_CHAT_MEMBER, ApiMethod.GET_ME);
    /** A look is made of many reads. */
    private static final double READ_SHARE = 0.1;
    /** Fewer in all than a look goes on after the last message. */
    private static final int VANISHED_MAX = 4;

    private final Faults faults;
    private final FaultSchedule schedule;
    private final Map<FaultEffect, MarketFault> kinds = new HashMap<>();

    /**
     * @param inside how long after its request a call may take effect
     * @param hidden how long reads may miss what it made
     */
    TelegramFaults(Faults faults, FaultSchedule schedule, List<String> channels, Duration inside, Duration hidden) {
        this.faults = faults;
        this.schedule = schedule;
        everywhere(inside);
        onSends(channels, hidden);
    }

    private void everywhere(Duration inside) {
        var committed = List.of(Commit.atOnce(), Commit.after(inside.dividedBy(2)), Commit.after(inside));
        writesAndReads(MarketFault.SWALLOWED, FaultEffect.swallowed());
        writesAndReads(MarketFault.ANSWER_WITHHELD, new FaultEffect.NoAnswer(Commit.atOnce(), Fate.SILENCE));
        writesAndReads(MarketFault.CONNECTION_RESET, new FaultEffect.NoAnswer(Commit.atOnce(), Fate.CONNECTION_RESET));
        writesAndReads(MarketFault.RATE_LIMITED, FaultEffect.tooManyRequests(Commit.never(), 3));
        writesAndReads(MarketFault.RESTART, FaultEffect.restart(Commit.never()));
        writesAndReads(MarketFault.UNAUTHORIZED, FaultEffect.unauthorized(Commit.never()));
        writesAndReads(MarketFault.LOGGED_OUT, FaultEffect.loggedOut(Commit.never()));
        writesAndReads(MarketFault.GATEWAY_PAGE, FaultEffect.gatewayPage(Commit.never(), 502));
        writesAndReads(MarketFault.GATEWAY_JSON, FaultEffect.gatewayJson(Commit.never()));
        writesAndReads(MarketFault.EMPTY_BODY, FaultEffect.emptyBody(Commit.never(), 200));
        writesAndReads(MarketFault.HALF_JSON, new FaultEffect.Damaged(Damage.HALF_JSON));
        writesAndReads(MarketFault.HALF_SENT, new FaultEffect.Damaged(Damage.HALF_SENT));
        writesAndReads(MarketFault.SLOW, new FaultEffect.Slow(Duration.ofSeconds(3)));
        for (var commit : committed) {
            if (commit instanceof Commit.After) {
                add(MarketFault.WITHHELD_AND_LATE, WRITES, 1, new FaultEffect.NoAnswer(commit, Fate.SILENCE));
            }
            add(MarketFault.RATE_LIMITED_COMMITTED, WRITES, 1, FaultEffect.tooManyRequests(commit, 2));
            add(MarketFault.RESTART_COMMITTED, WRITES, 1, FaultEffect.restart(commit));
            add(MarketFault.UNAUTHORIZED_COMMITTED, WRITES, 1, FaultEffect.unauthorized(commit));
            add(MarketFault.GATEWAY_PAGE_COMMITTED, WRITES, 1, FaultEffect.gatewayPage(commit, 504));
            add(MarketFault.GATEWAY_JSON_COMMITTED, WRITES, 1, FaultEffect.gatewayJson(commit));
        }
        add(MarketFault.READ_REFUSED, ApiMethod.PROBES, 1, new FaultEffect.ReadRefused());
        add(MarketFault.TOKEN_REVOKED, ApiMethod.SENDS, 1, new FaultEffect.BotLoses(Loss.TOKEN));
    }

    private void onSends(List<String> channels, Duration hidden) {
        add(MarketFault.CONTENT_TOO_LARGE, ApiMethod.SENDS, 1, FaultEffect.emptyBody(Commit.never(), 413));
        add(MarketFault.MESSAGE_ID_ZERO, ApiMethod.SENDS, 1, new FaultEffect.Damaged(Damage.MESSAGE_ID_ZERO));
        for (var share : List.of(2, 1)) {
            add(MarketFault.HIDDEN, ApiMethod.SENDS, 1, new FaultEffect.HiddenFor(hidden.dividedBy(share)));
        }
        for (var channel : channels) {
            add(MarketFault.OTHERS_POST, channel, new FaultEffect.OthersPost(2, false, false));
            add(MarketFault.OTHERS_POST, channel, new FaultEffect.OthersPost(1, true, false));
            add(MarketFault.POST_REMOVED, channel, new FaultEffect.PostRemoved(Duration.ofSeconds(2)));
            add(MarketFault.POST_REMOVED, channel, new FaultEffect.PostRemoved(Duration.ofSeconds(40)));
            add(MarketFault.POSTING_RIGHT_TAKEN, channel, new FaultEffect.BotLoses(Loss.POSTING));
            add(MarketFault.BOT_KICKED, channel, new FaultEffect.BotLoses(Loss.MEMBERSHIP));
            add(MarketFault.CONTENT_PROTECTED, channel, new FaultEffect.ContentProtected());
            faults.add(likely(MarketFault.OTHERS_POST_AND_DELETE, ApiMethod.SENDS, 1,
                    new FaultEffect.OthersPost(1, false, true)).inChat(channel).times(VANISHED_MAX));
        }
    }

    private void writesAndReads(MarketFault kind, FaultEffect effect) {
        add(kind, WRITES, 1, effect);
        add(kind, READS, READ_SHARE, effect);
    }

    private void add(MarketFault kind, Set<ApiMethod> on, double share, FaultEffect effect) {
        if (schedule.likelihood(kind) > 0) {
            faults.add(likely(kind, on, share, effect));
        }
    }

    private void add(MarketFault kind, String channel, FaultEffect effect) {
        if (schedule.likelihood(kind) > 0) {
            faults.add(likely(kind, ApiMethod.SENDS, 1, effect).inChat(channel));
        }
    }

    private Fault likely(MarketFault kind, Set<ApiMethod> on, double share, FaultEffect effect) {
        kinds.put(effect, kind);
        return Fault.always(on, effect).withProbability(schedule.likelihood(kind) * share);
    }

    /** Adds what fired to the counts, and lets nothing fire any more. */
    void end() {
        for (var firing : faults.list()) {
            schedule.count(Objects.requireNonNull(kinds.get(firing.fault().effect())), firing.fired());
        }
        faults.clear();
    }
}
