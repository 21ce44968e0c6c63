package io.campaignlauncher.posting.model;

import io.campaignlauncher.posting.model.ChannelState.KnownPost;
import io.campaignlauncher.posting.model.Look.Question;
import io.campaignlauncher.posting.model.PostStep.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One job in one channel, told answer by answer. Message 100 is a post that is known; the log channel is used unless said otherwise. */
final class Sent {

    static final int KNOWN = 100;

    TelegramPostingSettings settings = TelegramPostingSettings.defaults().withLogChannel(Posts.LOG);
    final PostingCommand.PublishPost command = Posts.command();
    PostView view = new PostView(PostProgress.of(command),
            ChannelState.unknown(Posts.CHANNEL).seen(List.of(KNOWN)).ready("launch_demo", Posts.START), false,
            Posts.START, 1, Rewindings.NONE);
    boolean mayPost = true;
    /** What is in the channel; what is not named is not there. */
    final Map<Integer, ProbeAnswer> probes = new HashMap<>(Map.of(KNOWN, new ProbeAnswer.Ours()));
    final Map<Integer, ReadAnswer> reads = new HashMap<>();
    final List<Integer> probed = new ArrayList<>();

    static Sent withoutLog() {
        var sent = new Sent();
        sent.settings = TelegramPostingSettings.defaults();
        return sent;
    }

    PostStep next() {
        return PostRules.next(view, mayPost, settings);
    }

    PostState state() {
        return view.job().state();
    }

    Sent at(Instant time) {
        view = new PostView(view.job(), view.channel(), view.othersOpen(), time, view.claim(), view.rewindings());
        return this;
    }

    Sent pass(Duration time) {
        return at(view.now().plus(time));
    }

    Sent claimed() {
        view = new PostView(view.job(), view.channel(), view.othersOpen(), view.now(), view.claim() + 1,
                view.rewindings());
        return take(SendRules.interrupted(view));
    }

    Sent othersOpen() {
        view = new PostView(view.job(), view.channel(), true, view.now(), view.claim(), view.rewindings());
        return this;
    }

    Sent take(PostChange change) {
        view = view.with(change.job()).with(change.channel());
        return this;
    }

    Sent rehearsed() {
        return take(SendRules.rehearsed(view, new SendOutcome.Posted(1, Posts.shown(command), null)));
    }

    /** As far as the attempt is stored. */
    Sent begun() {
        if (settings.readsPosts() && state().rehearsal() == null) {
            rehearsed();
        }
        take(SendRules.checked(view, new ChannelCheck.Ready("launch_demo")));
        var step = (Send) next();
        return take(SendRules.begun(view, PostAttempt.begun(step.number(), step.mark(), step.post().hash(), view.now(),
                view.now().plus(TelegramPostingSettings.SEND_WITHIN).plus(settings.timeout()), view.claim())));
    }

    Sent answered(SendOutcome outcome) {
        return take(SendRules.sent(view, view.job().attempts().size(), outcome));
    }

    Sent unknown() {
        return begun().answered(new SendOutcome.Unknown("no answer", Duration.ZERO));
    }

    Sent posted(int id) {
        ours(id);
        return begun().answered(new SendOutcome.Posted(id, Posts.shown(command), null));
    }

    /** Reads the post back, and looks for the last time where that is needed. */
    Sent verified(int id) {
        return posted(id).look();
    }

    Instant settledAt() {
        return view.job().attempts().getLast().settledAt(settings.settleDelay());
    }

    Sent settled() {
        return at(settledAt());
    }

    Sent quiet() {
        return at(view.job().quietAt(settings.settleDelay()));
    }

    Sent ours(int id) {
        probes.put(id, new ProbeAnswer.Ours());
        reads.put(id, new ReadAnswer.Content(Posts.shown(command)));
        return this;
    }

    Sent anotherJobs(int id) {
        probes.put(id, new ProbeAnswer.Ours());
        reads.put(id, new ReadAnswer.Content(Posts.another()));
        return this;
    }

    Sent anotherJobsKnown(int id, Instant begunAt) {
        anotherJobs(id);
        view = view.with(view.channel().posted(new KnownPost(id, UUID.randomUUID(), begunAt)));
        return this;
    }

    Sent somebodyElses(int id) {
        probes.put(id, new ProbeAnswer.SomebodyElses());
        return this;
    }

    Sent deleted(int id) {
        probes.remove(id);
        reads.remove(id);
        return this;
    }

    /** Carries out the look that comes next. */
    Sent look() {
        var step = next();
        return switch (step) {
            case PostStep.LookForPost one -> take(LookRules.looked(view, one, looked(one.plan())));
            case PostStep.Verify one -> take(LookRules.verified(view, looked(one.plan())));
            case PostStep.LastLook one -> take(LookRules.lookedLast(view, one, looked(one.plan())));
            case PostStep.LookToWithdraw one -> take(LookRules.lookedToWithdraw(view, one, looked(one.plan())));
            default -> throw new AssertionError("no look comes next but " + step);
        };
    }

    private Look looked(LookPlan plan) {
        var look = new Look(plan);
        probed.clear();
        for (var question = look.next(); question.isPresent(); question = look.next()) {
            switch (question.get()) {
                case Question.Probe(var id) -> {
                    probed.add(id);
                    look.answered(probes.getOrDefault(id, new ProbeAnswer.Nothing()));
                }
                case Question.Read(var id) -> look.answered(reads.getOrDefault(id, new ReadAnswer.Gone()));
            }
        }
        return look;
    }

    List<String> untold() {
        return PostReports.untold(view).stream().map(PostReport::name).toList();
    }
}
