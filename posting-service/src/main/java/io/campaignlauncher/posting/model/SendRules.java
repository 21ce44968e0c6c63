package io.campaignlauncher.posting.model;

import io.campaignlauncher.posting.model.ChannelState.KnownPost;
import io.campaignlauncher.posting.model.PostState.LookEffort;
import io.campaignlauncher.posting.model.PostState.Question;
import io.campaignlauncher.posting.model.PostState.Question.Subject;
import io.campaignlauncher.posting.model.PostState.Rehearsal;
import io.campaignlauncher.posting.model.PostingCommand.ResolvePost;
import io.campaignlauncher.posting.model.PostingCommand.WithdrawPost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What follows from the answers to what is sent, and from what people ask. */
public final class SendRules {

    /** Until a channel is checked again. */
    static final Duration HOLD = Duration.ofMinutes(5);

    private SendRules() {}

    /** The attempt is stored with this, before its request leaves. */
    public static PostChange begun(PostView view, PostAttempt attempt) {
        var channel = view.channel();
        return new PostChange(
                view.job().with(attempt).with(view.job().state().doubting()),
                new ChannelState(channel.chatId(), channel.mark(), channel.controls(), channel.username(),
                        channel.checkedAt(), channel.heldFor(), channel.heldUntil(), attempt.begunAt(),
                        channel.posts()));
    }

    /** An attempt of which no worker will hear any more. */
    public static PostChange interrupted(PostView view) {
        var change = PostChange.of(view);
        return view.job().open().filter(one -> one.outcome() == PostAttempt.Outcome.UNDER_WAY)
                .map(one -> change.with(view.job().with(one.unknown("whoever sent it is gone"))))
                .orElse(change);
    }

    public static PostChange sent(PostView view, int number, SendOutcome outcome) {
        var change = PostChange.of(view);
        var job = view.job();
        var attempt = job.attempt(number);
        if (attempt.outcome() == PostAttempt.Outcome.POSTED && !(outcome instanceof SendOutcome.Posted)) {
            return change; // a person knew better meanwhile
        }
        return switch (outcome) {
            case SendOutcome.Posted(var id, var content, _) when content.carries(job.command().markerUrl()) ->
                posted(change, attempt, id, "answered");
            case SendOutcome.Posted(var id, _, _) -> change.with(
                    job.with(attempt.unknown("the answer shows message " + id + " without this job's marker")));
            case SendOutcome.ContentRefused(var reason) -> change.with(
                    job.with(attempt.notMade(reason)).with(job.state().failed(reason)));
            case SendOutcome.PlaceRefused(var reason) -> change
                    .with(job.with(attempt.notMade(reason)).with(job.state().at(Stage.QUEUED)))
                    .with(view.channel().held(reason, view.now().plus(HOLD)));
            case SendOutcome.NotSent(var reason) -> change.with(job.with(attempt.notMade(reason))
                    .with(Effort.inVain(job.state().at(Stage.QUEUED), view.now())));
            case SendOutcome.Unknown(var reason, var retryAfter) -> change.with(job.with(attempt.unknown(reason))
                    .with(job.state().effort(job.state().effort(), view.now().plus(retryAfter))));
        };
    }

    /** The post is known; it is still to be read back. */
    static PostChange posted(PostChange change, PostAttempt attempt, int id, String how) {
        var job = change.job();
        return change
                .with(job.with(attempt.posted(id, how)).with(job.state().at(Stage.POSTING).asking(null)
                        .effort(new LookEffort(0, false, 0), null)))
                .with(change.channel().posted(new KnownPost(id, job.command().jobId(), attempt.begunAt())));
    }

    public static PostChange rehearsed(PostView view, SendOutcome outcome) {
        var change = PostChange.of(view);
        var state = change.state();
        return switch (outcome) {
            case SendOutcome.Posted(_, var content, var photoFileId) ->
                change.with(state.rehearsed(new Rehearsal(content.hash(), photoFileId)));
            case SendOutcome.ContentRefused(var reason) -> change.with(givenUp(view, reason));
            case SendOutcome.PlaceRefused(var reason) ->
                change.with(view.channel().held("the log channel: " + reason, view.now().plus(HOLD)));
            case SendOutcome.NotSent _ -> change.with(Effort.inVain(state, view.now()));
            case SendOutcome.Unknown(_, var retryAfter) ->
                change.with(Effort.inVain(state, view.now().plus(retryAfter)));
        };
    }

    public static PostChange checked(PostView view, ChannelCheck check) {
        var change = PostChange.of(view);
        return switch (check) {
            case ChannelCheck.Ready(var username) -> change.with(view.channel().ready(username, view.now()));
            case ChannelCheck.Lacking(var reason) ->
                change.with(view.channel().held(reason, view.now().plus(HOLD)));
            case ChannelCheck.Unanswered _ -> change.with(Effort.inVain(change.state(), view.now()));
        };
    }

    public static PostChange topFound(PostView view, TopSearch search) {
        var change = PostChange.of(view);
        return search.failure() != null ? change.with(Effort.inVain(change.state(), view.now()))
                : change.with(view.channel().empty().seen(search.existing()));
    }

    /** An attempt that once was in doubt may still surprise: then the end is looked for, as if it was to be taken back. */
    public static PostState givenUp(PostView view, String reason) {
        var state = view.job().state();
        return state.withdrawal() != null ? state.at(Stage.ROLLED_BACK)
                : view.job().everUnknown() ? state.withdrawn(reason)
                        : state.failed(reason);
    }

    public static PostState asked(PostView view, String question) {
        return view.job().state().asking(new Question(Subject.OUTCOME, question));
    }

    /** One that comes after the end of the job changes nothing. */
    public static PostProgress withdrawn(PostProgress job, WithdrawPost command) {
        return switch (job.state().stage()) {
            case QUEUED, POSTING, POSTED, CONFIRMED -> job.state().withdrawal() != null ? job
                    : job.with(job.state().withdrawn(command.reason()));
            case FAILED, ROLLED_BACK -> job;
        };
    }

    /**
     * Whatever a person says counts for the money, so it counts here too: that there shall be none, and where the post is as long as nobody
     * knows. Where nobody was asked, the post is read back all the same.
     */
    public static PostProgress resolved(PostProgress job, ResolvePost command) {
        var id = command.messageId();
        var stage = job.state().stage();
        if (stage == Stage.FAILED || stage == Stage.ROLLED_BACK) {
            return job;
        }
        if (id == null) {
            return job.with(job.state().withdrawn("decided by " + command.by() + ": there shall be no post"));
        }
        var asked = job.state().question() != null;
        var known = job.posted().isPresent() && job.state().withdrawal() == null;
        if (!asked && (known || job.attempts().isEmpty()) || job.state().removal().has(id)) {
            return job;
        }
        var settled = job.open().or(job::posted)
                .or(() -> job.attempts().isEmpty() ? Optional.empty()
                        : Optional.of(job.attempts().getLast()))
                .map(one -> job.with(one.posted(id, "decided by " + command.by()))).orElse(job);
        return settled.with(settled.state().seen(id, settled.state().shown()).counting()
                .removing(settled.state().removal().pending(List.of())).at(asked ? Stage.CONFIRMED : Stage.POSTING));
    }
}
