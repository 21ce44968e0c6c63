package io.campaignlauncher.posting.model;

import io.campaignlauncher.posting.model.LookFinding.Absent;
import io.campaignlauncher.posting.model.LookFinding.Counted;
import io.campaignlauncher.posting.model.LookFinding.Found;
import io.campaignlauncher.posting.model.LookFinding.Hit;
import io.campaignlauncher.posting.model.LookFinding.Hole;
import io.campaignlauncher.posting.model.LookFinding.Inconclusive;
import io.campaignlauncher.posting.model.PostState.LookEffort;
import io.campaignlauncher.posting.model.PostState.Question;
import io.campaignlauncher.posting.model.PostState.Question.Subject;
import io.campaignlauncher.posting.model.PostStep.LastLook;
import io.campaignlauncher.posting.model.PostStep.LookForPost;
import io.campaignlauncher.posting.model.PostStep.LookToWithdraw;
import io.campaignlauncher.posting.model.PostStep.Remove;
import io.campaignlauncher.posting.model.PostStep.Verify;
import java.util.List;

/** What follows from what a look has shown. */
public final class LookRules {

    private LookRules() {}

    /** The look of this step. */
    public static PostChange looked(PostView view, LookForPost step, Look look) {
        var change = noted(view, look);
        return switch (look.finding()) {
            case Found(var hit) -> SendRules.posted(change, doubtful(view.job()), hit.messageId(), "found by a look");
            case Absent _ -> step.settled() ? change.with(absent(view)) : tooEarly(change);
            case Hole(var ids) -> step.settled()
                    ? change.with(Effort.inVainOrAsking(change.state(), view.now(), Subject.OUTCOME,
                            "messages " + ids
                                    + " were deleted or cannot be read; the post may have been one of them"))
                    : tooEarly(change);
            case Inconclusive(var reason) -> step.settled()
                    ? change.with(Effort.inVainOrAsking(change.state(), view.now(), Subject.OUTCOME, reason))
                    : tooEarly(change);
            case Counted _ -> throw new IllegalStateException("a look for one post does not count");
        };
    }

    /** The open attempt; else the last one that may have come late after all. */
    private static PostAttempt doubtful(PostProgress job) {
        return job.open().orElseGet(() -> job.attempts().getLast());
    }

    private static PostProgress absent(PostView view) {
        var job = view.job();
        var settled = job.open().map(one -> job.with(one.notThere())).orElse(job);
        return settled.with(settled.state().at(Stage.QUEUED)
                .effort(new LookEffort(0, true, view.claim()), null));
    }

    private static PostChange tooEarly(PostChange change) {
        var effort = change.state().effort();
        return change.with(change.state().effort(new LookEffort(effort.inVain(), true, 0), null));
    }

    /** A post that was answered, or found, and does not show: it was removed, or it is a lie. A machine does not post again then. */
    public static PostChange verified(PostView view, Look look) {
        var change = noted(view, look);
        var state = change.state();
        return switch (look.finding()) {
            case Counted(var hits) when !hits.isEmpty() -> change.with(readBack(state, hits.getFirst()));
            case Counted _ -> change.with(Effort.inVainOrAsking(state, view.now(), Subject.GONE,
                    "the post was there and does not show any more: it was removed"));
            case Inconclusive(var reason) ->
                change.with(Effort.inVainOrAsking(state, view.now(), Subject.OUTCOME, reason));
            case Found _,Absent _,Hole _ -> throw new IllegalStateException("a verification counts");
        };
    }

    private static PostState readBack(PostState state, Hit hit) {
        var seen = state.seen(hit.messageId(), hit.contentHash()).at(Stage.POSTED);
        return state.rehearsal() == null || state.rehearsal().contentHash().equals(hit.contentHash()) ? seen
                : seen.asking(new Question(Subject.CONTENT, "the post differs from its rehearsal"));
    }

    public static PostState confirmed(PostState state) {
        return state.at(Stage.CONFIRMED);
    }

    /** One is right. Of several the lowest stays; what was not read is not deleted by a machine. */
    public static PostChange lookedLast(PostView view, LastLook step, Look look) {
        var change = noted(view, look);
        var state = change.state();
        return switch (look.finding()) {
            case Counted(var hits) when hits.size() == 1 -> change.with(confirmed(
                    state.seen(hits.getFirst().messageId(), hits.getFirst().contentHash())));
            case Counted(var hits) when hits.isEmpty() ->
                change.with(Effort.inVainOrAsking(state, view.now(), Subject.GONE,
                        "the last look has not found the post: it was removed"));
            case Counted counted when step.plan().reads() -> change.with(pending(state,
                    counted.ids().subList(1, counted.hits().size())));
            case Counted counted -> change.with(state.asking(new Question(Subject.SURPLUS,
                    "posts " + counted.ids()
                            + " may all be this job's; without a log channel they cannot be told apart")));
            case Inconclusive(var reason) ->
                change.with(Effort.inVainOrAsking(state, view.now(), Subject.OUTCOME, reason));
            case Found _,Absent _,Hole _ -> throw new IllegalStateException("the last look counts");
        };
    }

    public static PostChange lookedToWithdraw(PostView view, LookToWithdraw step, Look look) {
        var change = noted(view, look);
        var state = change.state();
        return switch (look.finding()) {
            case Counted counted when counted.hits().isEmpty() -> step.quiet()
                    ? change.with(state.at(Stage.ROLLED_BACK))
                    : tooEarly(change);
            case Counted counted when step.plan().reads() || onlyTheKnown(view.job(), counted.ids()) ->
                change.with(pending(state, counted.ids()));
            case Counted counted -> change.with(state.asking(new Question(Subject.SURPLUS,
                    "posts " + counted.ids() + " may be this job's; without a log channel nobody can tell")));
            case Inconclusive(var reason) -> step.quiet()
                    ? change.with(Effort.inVainOrAsking(state, view.now(), Subject.OUTCOME, reason))
                    : tooEarly(change);
            case Found _,Absent _,Hole _ -> throw new IllegalStateException("a look to withdraw counts");
        };
    }

    private static boolean onlyTheKnown(PostProgress job, List<Integer> ids) {
        return job.posted().filter(one -> ids.equals(List.of(one.messageId()))).isPresent();
    }

    private static PostState pending(PostState state, List<Integer> ids) {
        return state.removing(state.removal().pending(ids));
    }

    public static PostChange removed(PostView view, Remove step, RemoveAnswer answer) {
        var change = PostChange.of(view);
        var state = change.state();
        return switch (answer) {
            case RemoveAnswer.Done(var byEdit) -> change.with(state.removing(
                    state.removal().done(step.messageId(), byEdit)).effort(LookEffort.NONE, null));
            case RemoveAnswer.Failed(var reason) ->
                change.with(Effort.inVainOrAsking(state, view.now(), Subject.SURPLUS,
                        "post " + step.messageId() + " cannot be removed: " + reason));
        };
    }

    private static PostChange noted(PostView view, Look look) {
        return PostChange.of(view).with(view.channel().without(look.goneControls()).seen(look.existing()));
    }
}
