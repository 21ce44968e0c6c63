package io.campaignlauncher.posting.telegram;

import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.pace.Lease;
import io.campaignlauncher.posting.model.LookRules;
import io.campaignlauncher.posting.model.PostAttempt;
import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.PostReports;
import io.campaignlauncher.posting.model.PostRules;
import io.campaignlauncher.posting.model.PostStep;
import io.campaignlauncher.posting.model.PostStep.Rest;
import io.campaignlauncher.posting.model.PostStep.Send;
import io.campaignlauncher.posting.model.PostView;
import io.campaignlauncher.posting.model.SendOutcome;
import io.campaignlauncher.posting.model.SendRules;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.store.PostStore.Claim;
import io.campaignlauncher.posting.store.PostStore.LeaseLost;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One claim of a post, from what is stored to where it rests: what the rules ask for is done, what came of it is stored and told, and the
 * rules are asked again. Whatever fails, the next run begins with what is stored.
 */
final class PostRun {

    private static final Logger LOG = LoggerFactory.getLogger(PostRun.class);
    /** More are a defect; the next run goes on. */
    private static final int STEPS_MAX = 100;
    /** After something failed that has nothing to do with Telegram. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    private static final Duration SWITCH_PATIENCE = Duration.ofSeconds(2);
    /** The channel is the sender's until its request has ended, and a little longer to store what came of it. */
    private static final Duration STORED_WITHIN = Duration.ofSeconds(5);

    private final PostingPorts ports;
    private final TelegramPostingSettings settings;
    private final Claim claim;
    private final BotRequests requests;
    private volatile @Nullable Lease renewed;

    PostRun(PostingPorts ports, Claim claim) {
        this.ports = ports;
        this.settings = ports.settings();
        this.claim = claim;
        this.requests = new BotRequests(ports.telegram(), ports.botId(), settings, ports.paces(), ports.logPaces(),
                ports.time(), this::keepLease);
    }

    /** Completes once the post rests, or was left to the next run; never fails. */
    Mono<Void> run() {
        return Mono.defer(() -> change(SendRules::interrupted))
                .flatMap(view -> steps(view, STEPS_MAX))
                .flatMap(rest -> ports.store().release(claim, rest.until()))
                .onErrorResume(LeaseLost.class, e -> {
                    LOG.info("post job {}: {}", claim.jobId(), e.getMessage());
                    return Mono.empty();
                })
                .onErrorResume(e -> {
                    LOG.warn("post job {} is left for {} s: {}", claim.jobId(), AFTER_FAILURE.toSeconds(),
                            Reasons.of(e));
                    return ports.store().postpone(claim, AFTER_FAILURE).onErrorResume(_ -> Mono.empty());
                });
    }

    private Mono<Rest> steps(PostView view, int left) {
        if (left == 0) {
            return Mono.just(new Rest(view.now()));
        }
        return told(view).flatMap(told -> next(told).flatMap(step -> step instanceof Rest rest ? Mono.just(rest)
                : carriedOut(told, step).flatMap(next -> steps(next, left - 1))));
    }

    /** The kill switch is read before anything is begun, and not for what is under way. */
    private Mono<PostStep> next(PostView view) {
        var step = PostRules.next(view, true, settings);
        return switch (step) {
            case PostStep.CheckChannel _,PostStep.FindTop _,PostStep.Rehearse _,Send _ ->
                mayPost().map(mayPost -> mayPost ? step : PostRules.next(view, false, settings));
            case PostStep.LookForPost _,PostStep.Verify _,PostStep.LastLook _,PostStep.Confirm _,PostStep.LookToWithdraw _,PostStep.Remove _,PostStep.GiveUp _,PostStep.AskPerson _,Rest _ ->
                Mono.just(step);
        };
    }

    private Mono<Boolean> mayPost() {
        return ports.killSwitch().isOn().timeout(SWITCH_PATIENCE, ports.time().pace().scheduler())
                .onErrorReturn(false).defaultIfEmpty(false);
    }

    private Mono<PostView> carriedOut(PostView view, PostStep step) {
        var chatId = claim.chatId();
        return switch (step) {
            case PostStep.CheckChannel _ ->
                requests.check(chatId).flatMap(check -> change(now -> SendRules.checked(now, check)));
            case PostStep.FindTop _ ->
                requests.top(chatId).flatMap(search -> change(now -> SendRules.topFound(now, search)));
            case PostStep.Rehearse(var post) ->
                requests.rehearse(post).flatMap(outcome -> change(now -> SendRules.rehearsed(now, outcome)));
            case Send send -> sent(send);
            case PostStep.LookForPost look -> requests.look(chatId, look.plan())
                    .flatMap(result -> change(now -> LookRules.looked(now, look, result)));
            case PostStep.Verify look -> requests.look(chatId, look.plan())
                    .flatMap(result -> change(now -> LookRules.verified(now, result)));
            case PostStep.LastLook look -> requests.look(chatId, look.plan())
                    .flatMap(result -> change(now -> LookRules.lookedLast(now, look, result)));
            case PostStep.Confirm _ ->
                change(now -> PostChange.of(now).with(LookRules.confirmed(now.job().state())));
            case PostStep.LookToWithdraw look -> requests.look(chatId, look.plan())
                    .flatMap(result -> change(now -> LookRules.lookedToWithdraw(now, look, result)));
            case PostStep.Remove remove -> requests
                    .remove(chatId, remove.messageId(), remove.byEdit(), view.job().command().content().photo() != null)
                    .flatMap(answer -> change(now -> LookRules.removed(now, remove, answer)));
            case PostStep.GiveUp(var reason) ->
                change(now -> PostChange.of(now).with(SendRules.givenUp(now, reason)));
            case PostStep.AskPerson(var question) ->
                change(now -> PostChange.of(now).with(SendRules.asked(now, question)));
            case Rest _ -> Mono.error(() -> new IllegalStateException("there is nothing to do"));
        };
    }

    /** The attempt is stored and told before its request leaves, and the claim is asked for once more right before. */
    private Mono<PostView> sent(Send send) {
        return requests.turn().flatMap(turn -> {
            if (!turn) {
                return change(PostChange::of);
            }
            var within = ports.time().lease(TelegramPostingSettings.SEND_WITHIN);
            return begun(send).flatMap(view -> underWay(view, send)
                    ? requested(view, send, within)
                            .flatMap(outcome -> change(now -> SendRules.sent(now, send.number(), outcome)))
                    : Mono.just(view));
        });
    }

    private Mono<SendOutcome> requested(PostView view, Send send, Lease within) {
        return told(view).then(ports.store().holds(claim)).onErrorResume(e -> {
            LOG.warn("post job {}: attempt {} is not sent: {}", claim.jobId(), send.number(), Reasons.of(e));
            return Mono.just(false);
        }).flatMap(holds -> holds && !ports.time().over(within)
                ? requests.send(claim.chatId(), send.post())
                        .onErrorResume(e -> Mono.just(new SendOutcome.Unknown(Reasons.of(e), Duration.ZERO)))
                : Mono.just(new SendOutcome.NotSent("its time was over before it was sent")));
    }

    /** Where somebody asked for something meanwhile, nothing is begun. */
    private Mono<PostView> begun(Send send) {
        var leased = settings.attemptMax().plus(STORED_WITHIN);
        return change(leased, now -> PostRules.next(now, true, settings).equals(send)
                ? SendRules.begun(now, PostAttempt.begun(send.number(), send.mark(), now.job().command().requestHash(),
                        now.now(), now.now().plus(settings.attemptMax()),
                        claim.number()))
                : PostChange.of(now));
    }

    private static boolean underWay(PostView view, Send send) {
        return view.job().open().filter(open -> open.number() == send.number()).isPresent();
    }

    /** Tells what was not told yet, and keeps note of it. */
    private Mono<PostView> told(PostView view) {
        var untold = PostReports.untold(view);
        if (untold.isEmpty()) {
            return Mono.just(view);
        }
        return Flux.fromIterable(untold)
                .concatMap(report -> ports.reporter().report(view.job().command(), report))
                .then(change(now -> {
                    var job = now.job();
                    for (var report : untold) {
                        job = PostReports.told(job, report);
                    }
                    return PostChange.of(now).with(job);
                }));
    }

    /** A look may take longer than a lease. */
    private Mono<Void> keepLease() {
        var lease = renewed;
        return lease != null && ports.time().left(lease).compareTo(settings.lease().dividedBy(2)) > 0 ? Mono.empty()
                : change(PostChange::of).then();
    }

    private Mono<PostView> change(Function<PostView, PostChange> rule) {
        return change(settings.lease(), rule);
    }

    private Mono<PostView> change(Duration length, Function<PostView, PostChange> rule) {
        return Mono.defer(() -> {
            var lease = ports.time().lease(length);
            return ports.store().change(claim, length, rule).doOnNext(_ -> renewed = lease);
        });
    }
}
