package io.campaignlauncher.simulation.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Attempt;
import io.campaignlauncher.market.model.Case;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.IssuedCommand;
import io.campaignlauncher.market.model.LedgerEvent;
import io.campaignlauncher.market.model.Market;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.PostState;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.market.model.TargetState;
import io.campaignlauncher.market.model.TargetStatus;
import io.campaignlauncher.market.model.WalletState;
import io.campaignlauncher.posting.model.PostAttempt;
import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.PostView;
import io.campaignlauncher.posting.model.PostingCommand;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.store.PostStore;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.simulation.engine.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Breaks one rule of the marketplace or of its posts at a time: a check that such a system passes is no check. */
class MarketBrokenOnPurposeTest {

    private static final int SEEDS_MAX = 1_500;
    private static final MarketSettings ROUGH = MarketSettings.defaults().withRoughness(3);

    // decisions

    @Test
    void the_simulation_notices_when_a_target_may_have_two_escrows() {
        assertNoticed(rules((c, issued) -> {
            var target = c.target();
            if (issued.command() instanceof MarketCommand.ApproveTarget && target != null
                    && target.status() == TargetStatus.APPROVED
                    && Market.decide(with(c, state(target, TargetStatus.SUBMITTED, null)),
                            issued) instanceof Decision.Accepted twice) {
                return twice;
            }
            return Market.decide(c, issued);
        }));
    }

    @Test
    void the_simulation_notices_when_anybody_may_approve() {
        assertNoticed(rules((c, issued) -> Market.decide(c, issued.command() instanceof MarketCommand.ApproveTarget
                ? new IssuedCommand(new Actor(issued.actor().tenant(), "mora", Set.of(Role.MODERATOR)),
                        issued.correlationId(), issued.command())
                : issued)));
    }

    @Test
    void the_simulation_notices_when_money_is_released_before_the_last_look() {
        assertNoticed(rules((c, issued) -> {
            var decision = Market.decide(c, issued);
            if (issued.command() instanceof MarketCommand.ReportPosted report
                    && decision instanceof Decision.Accepted(var events)
                    && events.stream().anyMatch(TargetEvent.PostPublished.class::isInstance)) {
                var published = events.stream().filter(TargetEvent.PostPublished.class::isInstance)
                        .map(TargetEvent.PostPublished.class::cast).findFirst().orElseThrow();
                var all = new ArrayList<>(events);
                all.add(new TargetEvent.LastLookPassed(report.targetId(), published.campaignId(), published.by(),
                        published.postJobId(), c.now()));
                return new Decision.Accepted(all);
            }
            return decision;
        }));
    }

    @Test
    void the_simulation_notices_when_money_comes_back_while_an_outcome_is_open() {
        assertNoticed(rules((c, issued) -> issued.command() instanceof MarketCommand.CancelCampaign
                ? Market.decide(withLive(c, c.live().stream().map(MarketBrokenOnPurposeTest::closed).toList()), issued)
                : Market.decide(c, issued)));
    }

    @Test
    void the_simulation_notices_when_a_deposit_that_comes_again_counts_again() {
        assertNoticed(rules((c, issued) -> issued.command() instanceof MarketCommand.Deposit deposit
                ? Market.decide(with(c, null, c.committed(), c.wallets(), c.switches()),
                        new IssuedCommand(issued.actor(), issued.correlationId(), new MarketCommand.Deposit(
                                deposit.userId(), deposit.amount(), deposit.externalId() + issued.correlationId())))
                : Market.decide(c, issued)));
    }

    @Test
    void the_simulation_notices_when_a_budget_is_not_looked_at() {
        assertNoticed(rules((c, issued) -> Market.decide(
                with(c, c.moved(), Money.ZERO, c.wallets(), c.switches()), issued)));
    }

    @Test
    void the_simulation_notices_when_a_switch_is_not_looked_at() {
        assertNoticed(ROUGH.withOnly(MarketFault.SWITCHED_OFF).withRules((c, issued) -> Market.decide(
                with(c, c.moved(), c.committed(), c.wallets(), c.switches().keySet().stream()
                        .collect(Collectors.toMap(name -> name, _ -> true))),
                issued)));
    }

    @Test
    void the_simulation_notices_when_a_wallet_may_go_below_zero() {
        assertNoticed(rules((c, issued) -> issued.command() instanceof MarketCommand.ApproveTarget
                ? Market.decide(with(c, c.moved(), c.committed(), rich(c.wallets()), c.switches()), issued)
                : Market.decide(c, issued)));
    }

    @Test
    void the_simulation_notices_when_another_version_is_approved_than_was_seen() {
        assertNoticed(ROUGH.withOnly(MarketFault.STALE_VERSION).withRules((c, issued) -> {
            var target = c.target();
            return Market.decide(c, issued.command() instanceof MarketCommand.ApproveTarget approve && target != null
                    ? new IssuedCommand(issued.actor(), issued.correlationId(),
                            new MarketCommand.ApproveTarget(approve.targetId(), target.version()))
                    : issued);
        }));
    }

    @Test
    void the_simulation_notices_when_others_campaigns_can_be_changed() {
        assertNoticed(ROUGH.withOnly(MarketFault.ASKED_BY_ANOTHER).withRules((c, issued) -> {
            var campaign = c.campaign();
            return Market.decide(c, issued.command() instanceof MarketCommand.OfTargetInCampaign && campaign != null
                    ? new IssuedCommand(new Actor(campaign.tenant(), campaign.advertiserId(), issued.actor().roles()),
                            issued.correlationId(), issued.command())
                    : issued);
        }));
    }

    @Test
    void the_simulation_notices_when_a_lost_commit_is_answered_as_done() {
        assertNoticed(ROUGH.withAnswers(answer -> answer.onErrorReturn(new Decision.Accepted(List.of()))));
    }

    @Test
    void the_simulation_notices_when_nobody_takes_up_what_a_worker_asks_of_a_known_post() {
        assertNoticed(rules((c, issued) -> Market.decide(c, issued.command() instanceof MarketCommand.ReportAsked asked
                ? new IssuedCommand(issued.actor(), issued.correlationId(),
                        new MarketCommand.ReportUnknown(asked.targetId(), asked.attempt(), asked.detail()))
                : issued)));
    }

    @Test
    void the_simulation_notices_when_a_person_names_no_post_that_counts() {
        assertNoticed(ROUGH.withOnly(MarketFault.CONTENT_PROTECTED, MarketFault.GATEWAY_PAGE_COMMITTED,
                MarketFault.POST_REMOVED)
                .withRules((c, issued) -> Market.decide(c, issued) instanceof Decision.Accepted(var events)
                        ? new Decision.Accepted(events.stream()
                                .map(MarketBrokenOnPurposeTest::unnamed).toList())
                        : Market.decide(c, issued)));
    }

    // posts

    @Test
    void the_simulation_notices_when_nobody_looks_before_a_post_is_sent_again() {
        assertNoticed(ROUGH.withTelegram(real -> request -> real.exchange(request).onErrorMap(Unanswered.class,
                _ -> new Unanswered(Unanswered.Reason.UNREACHABLE, "it was not sent, so they say"))));
    }

    @Test
    void the_simulation_notices_when_nobody_waits_for_a_post_to_settle() {
        var p = ROUGH.posting();
        assertNoticed(ROUGH.withOnly(MarketFault.WITHHELD_AND_LATE, MarketFault.COMMITTED_LATE, MarketFault.HIDDEN)
                .withPosting(new TelegramPostingSettings(p.timeout(), Duration.ofMillis(1), p.scanGap(),
                        p.maxAttempts(), p.perChatInterval(), p.overallPerSecond(), p.logChannel(), p.lease(),
                        p.channelsAtOnce())));
    }

    @Test
    void the_simulation_notices_when_posts_come_later_than_is_allowed_for() {
        assertNoticed(ROUGH.withLateMost(Duration.ofMinutes(2)));
    }

    @Test
    void the_simulation_notices_when_a_claim_ends_too_early_and_counts_all_the_same() {
        assertNoticed(() -> {
            var latest = new HashMap<Long, PostStore.Claim>();
            return ROUGH.withOnly(MarketFault.SWALLOWED, MarketFault.WITHHELD_AND_LATE, MarketFault.SLOW,
                    MarketFault.POSTS_SLOW, MarketFault.FREEZE).withPosts(real -> new ShortClaims(real, latest));
        });
    }

    @Test
    void the_simulation_notices_when_the_mark_is_not_kept() {
        assertNoticed(ROUGH.withPosts(real -> new Changed(real, change -> {
            var job = change.job();
            for (var attempt : job.attempts()) {
                job = job.with(new PostAttempt(attempt.number(), attempt.mark() + 5, attempt.requestHash(),
                        attempt.begunAt(), attempt.deadline(), attempt.claim(), attempt.outcome(),
                        attempt.messageId(), attempt.detail(), attempt.wasUnknown()));
            }
            return change.with(job);
        })));
    }

    @Test
    void the_simulation_notices_when_attempts_that_were_lost_with_a_database_are_not_allowed_for() {
        assertNoticed(ROUGH.withOnly(MarketFault.ATTEMPTS_REWOUND).withPosts(SentLater::new));
    }

    @Test
    void the_simulation_notices_when_a_decided_post_is_not_told_to_whoever_posts() {
        assertNoticed(ROUGH.withPosts(Deaf::new));
    }

    private static void assertNoticed(MarketSettings settings) {
        assertNoticed(() -> settings);
    }

    /** @param settings made anew for each run */
    private static void assertNoticed(Supplier<MarketSettings> settings) {
        for (long seed = 1; seed <= SEEDS_MAX; seed++) {
            var failure = new MarketSimulation(settings.get()).run(seed, null);
            if (failure.isPresent()) {
                assertThat(failure.get().cause()).isInstanceOfAny(Violation.class, AssertionError.class,
                        IllegalStateException.class);
                System.out.println("noticed in seed " + seed + ": " + failure.get().cause());
                return;
            }
        }
        throw new AssertionError("nothing was noticed in " + SEEDS_MAX + " runs");
    }

    private interface Rules {
        Decision decide(Case c, IssuedCommand issued);
    }

    private static MarketSettings rules(Rules rules) {
        return ROUGH.withRules(rules::decide);
    }

    private static MarketEvent unnamed(MarketEvent event) {
        return event instanceof TargetEvent.UnknownPostDecided e ? new TargetEvent.UnknownPostDecided(e.targetId(),
                e.campaignId(), e.by(), e.postJobId(), e.posted(), null, e.reason(), e.launch()) : event;
    }

    private static Case with(Case c, @Nullable TargetState target) {
        return new Case(c.now(), c.policy(), c.campaign(), target, c.channel(), c.live(), c.targets(), c.committed(),
                c.wallets(), c.switches(), c.moved(), c.correction(), c.messageTaken());
    }

    private static Case withLive(Case c, List<TargetState> live) {
        return new Case(c.now(), c.policy(), c.campaign(), c.target(), c.channel(), live, c.targets(), c.committed(),
                c.wallets(), c.switches(), c.moved(), c.correction(), c.messageTaken());
    }

    private static Case with(Case c, @Nullable List<LedgerEvent.Leg> moved,
            Money committed, Map<UUID, WalletState> wallets, Map<MarketSwitch, Boolean> switches) {
        return new Case(c.now(), c.policy(), c.campaign(), c.target(), c.channel(), c.live(), c.targets(), committed,
                wallets, switches, moved, c.correction(), c.messageTaken());
    }

    private static Map<UUID, WalletState> rich(Map<UUID, WalletState> wallets) {
        return wallets.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                entry -> entry.getValue().plus(Money.INPUT_MAX)));
    }

    private static TargetState closed(TargetState target) {
        var post = target.post();
        if (post == null) {
            return target;
        }
        return state(target, target.status(), new PostState(post.id(), post.status(), post.contentHash(),
                post.deadline(), post.attempts().stream()
                        .map(each -> new Attempt(each.number(), Attempt.Outcome.NOT_MADE)).toList(),
                post.message(), post.failure(), post.lookedAt(), post.missing(), post.surplus(), post.suspicion(),
                post.decided()));
    }

    private static TargetState state(TargetState t, TargetStatus status, @Nullable PostState post) {
        return new TargetState(t.id(), t.campaignId(), t.tenant(), t.place(), t.publisherId(), t.amount(), status,
                t.version(), t.contentHash(), t.rejectedVersion(), t.rejection(), t.reviewDeadline(), t.approval(),
                post == null ? null : t.escrow(), post);
    }

    /** A store in which something is different. */
    private static class Changed implements PostStore {

        private final PostStore real;
        private final UnaryOperator<PostChange> different;

        Changed(PostStore real, UnaryOperator<PostChange> different) {
            this.real = real;
            this.different = different;
        }

        @Override
        public Mono<Accepted> accept(PostingCommand command) {
            return real.accept(command);
        }

        @Override
        public Mono<Claim> claim(String owner, Duration lease) {
            return real.claim(owner, lease);
        }

        @Override
        public Mono<PostView> change(Claim claim, Duration lease, Function<PostView, PostChange> rule) {
            return real.change(claim, lease, view -> different.apply(rule.apply(view)));
        }

        @Override
        public Mono<Boolean> holds(Claim claim) {
            return real.holds(claim);
        }

        @Override
        public Mono<Void> release(Claim claim, @Nullable Instant until) {
            return real.release(claim, until);
        }

        @Override
        public Mono<Void> postpone(Claim claim, Duration pause) {
            return real.postpone(claim, pause);
        }
    }

    /** Decisions of people are not taken up. */
    private static final class Deaf extends Changed {

        Deaf(PostStore real) {
            super(real, UnaryOperator.identity());
        }

        @Override
        public Mono<Accepted> accept(PostingCommand command) {
            return command instanceof PostingCommand.ResolvePost ? Mono.just(Accepted.TAKEN) : super.accept(command);
        }
    }

    /** Each post counts as asked for after whatever was lost. */
    private static final class SentLater extends Changed {

        SentLater(PostStore real) {
            super(real, UnaryOperator.identity());
        }

        @Override
        public Mono<Accepted> accept(PostingCommand command) {
            return super.accept(command instanceof PostingCommand.PublishPost post
                    ? new PostingCommand.PublishPost(post.jobId(), post.targetId(), post.chatId(), post.content(),
                            post.markerUrl(), post.notBefore(), post.notAfter(), post.tenant(), post.ownerId(),
                            Instant.MAX)
                    : command);
        }
    }

    /** Channels are free again in no time, and whoever has had a claim goes on with the latest one. */
    private static final class ShortClaims extends Changed {

        private static final Duration SHORT = Duration.ofMillis(500);

        private final Map<Long, Claim> latest;

        ShortClaims(PostStore real, Map<Long, Claim> latest) {
            super(real, UnaryOperator.identity());
            this.latest = latest;
        }

        @Override
        public Mono<Claim> claim(String owner, Duration lease) {
            return super.claim(owner, SHORT).doOnNext(claim -> latest.put(claim.chatId(), claim));
        }

        @Override
        public Mono<PostView> change(Claim claim, Duration lease, Function<PostView, PostChange> rule) {
            var other = latest.getOrDefault(claim.chatId(), claim);
            return super.change(new Claim(claim.chatId(), other.number(), claim.jobId()), SHORT, rule);
        }

        @Override
        public Mono<Boolean> holds(Claim claim) {
            return Mono.just(true);
        }
    }
}
