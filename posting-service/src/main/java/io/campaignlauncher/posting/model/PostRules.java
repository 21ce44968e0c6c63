package io.campaignlauncher.posting.model;

import io.campaignlauncher.posting.model.ChannelState.KnownPost;
import io.campaignlauncher.posting.model.PostAttempt.Outcome;
import io.campaignlauncher.posting.model.PostStep.AskPerson;
import io.campaignlauncher.posting.model.PostStep.CheckChannel;
import io.campaignlauncher.posting.model.PostStep.Confirm;
import io.campaignlauncher.posting.model.PostStep.FindTop;
import io.campaignlauncher.posting.model.PostStep.GiveUp;
import io.campaignlauncher.posting.model.PostStep.LastLook;
import io.campaignlauncher.posting.model.PostStep.LookForPost;
import io.campaignlauncher.posting.model.PostStep.LookToWithdraw;
import io.campaignlauncher.posting.model.PostStep.Rehearse;
import io.campaignlauncher.posting.model.PostStep.Remove;
import io.campaignlauncher.posting.model.PostStep.Rest;
import io.campaignlauncher.posting.model.PostStep.Send;
import io.campaignlauncher.posting.model.PostStep.Verify;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What comes next for a post job, from what is stored and nothing else. So a worker that died is followed by any other one. */
public final class PostRules {

    /** Requests of one job that certainly did not post; then a person looks what is wrong. */
    static final int ATTEMPTS_MAX = 100;
    /** For how long a channel that was found ready counts as such. */
    static final Duration CHECK_VALID = Duration.ofMinutes(1);
    /** Until something is asked again that may change at any time. */
    static final Duration AGAIN_IN = Duration.ofSeconds(5);
    /** Younger posts can be deleted: a bot may for 48 hours. */
    static final Duration DELETABLE = Duration.ofHours(48);
    /** For how long a post is still looked for after a person was asked. */
    static final Duration STILL_LOOKED_FOR = Duration.ofHours(48);

    private final PostView view;
    private final PostProgress job;
    private final PostState state;
    private final TelegramPostingSettings settings;

    private PostRules(PostView view, TelegramPostingSettings settings) {
        this.view = view;
        this.job = view.job();
        this.state = job.state();
        this.settings = settings;
    }

    /** @param mayPost the kill switch: false where it is off, or cannot be read. What is under way goes on */
    public static PostStep next(PostView view, boolean mayPost, TelegramPostingSettings settings) {
        return new PostRules(view, settings).next(mayPost);
    }

    private PostStep next(boolean mayPost) {
        if (job.over()) {
            return new Rest(null);
        }
        var resumeAt = state.resumeAt();
        if (resumeAt != null && view.now().isBefore(resumeAt)) {
            return new Rest(resumeAt);
        }
        if (state.withdrawal() != null) {
            return withdraw(state.withdrawal());
        }
        return switch (state.stage()) {
            case QUEUED, POSTING -> job.posted().isPresent() ? verify(job.posted().get())
                    : job.open().isPresent() ? lookFor(job.open().get())
                            : start(mayPost);
            case POSTED -> confirm();
            case CONFIRMED, FAILED, ROLLED_BACK -> new Rest(null);
        };
    }

    /** A hit counts at any time, a miss only once the attempt is settled. So it is looked for at once, and then. */
    private PostStep lookFor(PostAttempt attempt) {
        if (view.channel().mark() == null) {
            return new FindTop();
        }
        if (othersMayHide(attempt)) {
            return state.question() != null ? new Rest(null)
                    : new AskPerson(attempt.detail() + "; without a log channel nobody can tell whose a post is");
        }
        var settledAt = attempt.settledAt(settings.settleDelay());
        var settled = !view.now().isBefore(settledAt);
        if (state.question() != null && view.now().isAfter(settledAt.plus(STILL_LOOKED_FOR))) {
            return new Rest(null);
        }
        return settled || !state.effort().early() ? new LookForPost(plan(false, anchor(settledAt)), settled)
                : new Rest(settledAt);
    }

    /** A post is known by its place only where nobody has forgotten another one that may be there. */
    private boolean othersMayHide(PostAttempt attempt) {
        return !settings.readsPosts() && view.rewindings().mayHide(attempt.mark());
    }

    private PostStep start(boolean mayPost) {
        var command = job.command();
        var channel = view.channel();
        if (state.question() != null) {
            return new Rest(null);
        }
        if (view.now().isAfter(command.notAfter())) {
            return new GiveUp("not posted before " + command.notAfter());
        }
        if (job.notThere() >= settings.maxAttempts()) {
            return new AskPerson(job.notThere() + " attempts were looked for in vain");
        }
        if (job.attempts().size() >= ATTEMPTS_MAX) {
            return new AskPerson(job.attempts().size() + " attempts failed");
        }
        if (command.notBefore() != null && view.now().isBefore(command.notBefore())) {
            return restUntil(command.notBefore());
        }
        if (!mayPost) {
            return restUntil(view.now().plus(AGAIN_IN));
        }
        if (channel.heldUntil() != null && view.now().isBefore(channel.heldUntil())) {
            return restUntil(channel.heldUntil());
        }
        if (channel.checkedAt() == null || view.now().isAfter(channel.checkedAt().plus(CHECK_VALID))) {
            return new CheckChannel();
        }
        return channel.mark() == null ? new FindTop() : send(channel, channel.mark());
    }

    private PostStep send(ChannelState channel, int mark) {
        var rehearsal = state.rehearsal();
        if (rehearsal == null && settings.readsPosts()) {
            return new Rehearse(ComposedPost.of(job.command(), null));
        }
        if (!settings.readsPosts() && view.othersOpen()) {
            return restUntil(view.now().plus(AGAIN_IN));
        }
        var free = channel.lastSendAt() == null ? view.now() : channel.lastSendAt().plus(settings.perChatInterval());
        if (view.now().isBefore(free)) {
            return restUntil(free);
        }
        if (job.notThere() > 0 && state.effort().absentByClaim() != view.claim()) {
            return new LookForPost(plan(false, null), true);
        }
        return new Send(job.attempts().size() + 1, mark,
                ComposedPost.of(job.command(), rehearsal == null ? null : rehearsal.photoFileId()));
    }

    private PostStep verify(PostAttempt attempt) {
        var id = attempt.messageId();
        if (state.question() != null || id == null) {
            return new Rest(null);
        }
        return new Verify(only(id));
    }

    private PostStep confirm() {
        if (state.question() != null) {
            return new Rest(null);
        }
        if (!state.removal().pending().isEmpty()) {
            return remove(state.removal().pending().getFirst());
        }
        if (!job.everUnknown()) {
            return new Confirm();
        }
        var quietAt = job.quietAt(settings.settleDelay());
        return view.now().isBefore(quietAt) ? new Rest(quietAt) : new LastLook(plan(true, null));
    }

    private PostStep withdraw(String reason) {
        if (state.question() != null) {
            return new Rest(null);
        }
        if (!state.removal().pending().isEmpty()) {
            return remove(state.removal().pending().getFirst());
        }
        if (job.attempts().stream().allMatch(one -> one.outcome() == Outcome.NOT_MADE)) {
            return new GiveUp(reason);
        }
        var known = job.posted().map(PostAttempt::messageId).filter(id -> !state.removal().has(id));
        if (known.isPresent()) {
            return remove(known.get());
        }
        var quietAt = job.goneAt(settings.settleDelay());
        var quiet = !view.now().isBefore(quietAt);
        return quiet || !state.effort().early() ? new LookToWithdraw(plan(true, null), quiet) : new Rest(quietAt);
    }

    private Remove remove(int messageId) {
        var oldest = job.attempts().stream().map(PostAttempt::begunAt).min(Instant::compareTo).orElse(view.now());
        return new Remove(messageId, !view.now().isBefore(oldest.plus(DELETABLE)));
    }

    /** What has waited too long to be sent is given up in time. */
    private Rest restUntil(Instant time) {
        var notAfter = job.command().notAfter().plusMillis(1);
        return new Rest(time.isBefore(notAfter) ? time : notAfter);
    }

    /**
     * The first of our other posts that was sent when this job's attempt could post no more: it ends the search. One that was sent earlier
     * does not, the attempt may have come after it.
     */
    private @Nullable Integer anchor(Instant settledAt) {
        return view.channel().posts().stream()
                .filter(post -> !post.jobId().equals(job.command().jobId()))
                .filter(post -> post.begunAt().isAfter(settledAt) && post.messageId() > job.mark())
                .map(KnownPost::messageId).min(Integer::compare).orElse(null);
    }

    private LookPlan plan(boolean all, @Nullable Integer anchor) {
        return new LookPlan(all, job.mark(), view.channel().controls(), others(), view.channel().top(),
                anchor == null ? null : anchor - 1, settings.scanGap(), job.command().markerUrl(),
                settings.readsPosts());
    }

    private LookPlan only(int messageId) {
        return new LookPlan(true, messageId - 1, view.channel().controls(), Set.of(), messageId, messageId,
                settings.scanGap(), job.command().markerUrl(), settings.readsPosts());
    }

    private Set<Integer> others() {
        var others = new HashSet<Integer>(state.removal().neutralised());
        view.channel().posts().stream().filter(post -> !post.jobId().equals(job.command().jobId()))
                .map(KnownPost::messageId).filter(id -> id > job.mark()).forEach(others::add);
        return others;
    }
}
