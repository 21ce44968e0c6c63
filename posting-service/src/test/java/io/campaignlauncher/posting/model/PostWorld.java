package io.campaignlauncher.posting.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.posting.model.Look.Question;
import io.campaignlauncher.posting.model.PostAttempt.Outcome;
import io.campaignlauncher.posting.model.PostStep.Send;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import io.campaignlauncher.posting.model.PostingCommand.WithdrawPost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Some jobs of one channel, in a world where answers are lost, posts come late, reads lag or show nothing at all, people post and delete,
 * and the worker dies between any two steps. The rules decide; what they ask for is done here.
 */
final class PostWorld {

    private static final int STEPS_MAX = 3_000;

    private final Random random;
    private final double trouble;
    /** A request posts no later than this many settle delays after its end. */
    private final int lateMax;
    private final boolean adminsDelete;
    final TelegramPostingSettings settings = TelegramPostingSettings.defaults().withLogChannel(Posts.LOG);
    final TreeMap<Integer, Message> messages = new TreeMap<>();
    final Map<UUID, PostProgress> jobs = new HashMap<>();
    /** Posts that ever came to be, by job. */
    final Map<UUID, Integer> made = new HashMap<>();
    final List<String> history = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();
    private ChannelState channel = ChannelState.unknown(Posts.CHANNEL);
    private Instant now = Posts.START;
    private Instant blindUntil = Instant.EPOCH;
    private int lastId;
    private long claim;

    /** @param command whose it is; null: a person's */
    record Message(PublishPost command, Instant visibleFrom) {}

    /** @param visible no later than this */
    private record Late(Instant at, Instant visible, PublishPost command) {}

    /** The worker dies here. */
    private static final class Killed extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    PostWorld(long seed, double trouble, int lateMax, boolean adminsDelete) {
        this.random = new Random(seed);
        this.trouble = trouble;
        this.lateMax = lateMax;
        this.adminsDelete = adminsDelete;
        for (var i = 0; i < 30; i++) {
            messages.put(++lastId, new Message(null, Instant.EPOCH));
        }
        for (var i = 0; i < 1 + random.nextInt(3); i++) {
            var command = Posts.command(new UUID(seed, i), Posts.CHANNEL, Posts.START.plus(Duration.ofHours(3)));
            jobs.put(command.jobId(), PostProgress.of(command));
        }
    }

    /** Until nothing is left to do for any job. */
    PostWorld run() {
        for (var step = 0; step < STEPS_MAX; step++) {
            Instant earliest = null;
            for (var id : List.copyOf(jobs.keySet())) {
                var until = work(id);
                if (until != null && (earliest == null || until.isBefore(earliest))) {
                    earliest = until;
                }
            }
            if (earliest == null) {
                pass(Duration.ofDays(1));
                return this;
            }
            pass(Duration.between(now, earliest).plusMillis(1 + random.nextInt(2_000)));
        }
        throw new AssertionError("there is no end: " + jobs);
    }

    List<Integer> posts(UUID jobId) {
        return messages.entrySet().stream().filter(one -> one.getValue().command() != null
                && one.getValue().command().jobId().equals(jobId)).map(Map.Entry::getKey).toList();
    }

    /** One worker's run for one job. @return until when it rests; null: for good */
    private Instant work(UUID id) {
        claim++;
        var view = view(id);
        save(SendRules.interrupted(view));
        for (var step = 0; step < 100; step++) {
            view = view(id);
            var told = view.job();
            for (var report : PostReports.untold(view)) {
                history.add(report.name().split("/")[0]);
                told = PostReports.told(told, report);
            }
            jobs.put(id, told);
            view = view(id);
            var next = PostRules.next(view, !chance(0.1), settings);
            if (next instanceof PostStep.Rest(var until)) {
                return until != null && chance(0.06) && view.job().state().withdrawal() == null
                        ? withdrawn(id) : until;
            }
            try {
                save(carriedOut(view, next));
                killedMaybe();
            } catch (Killed _) {
                history.add("killed");
                pass(Duration.ofSeconds(random.nextInt(200)));
                return now.plusSeconds(1);
            }
        }
        throw new AssertionError("a run has no end: " + view);
    }

    private Instant withdrawn(UUID id) {
        jobs.put(id, SendRules.withdrawn(jobs.get(id), new WithdrawPost(id, "why")));
        return now.plusSeconds(1);
    }

    private PostChange carriedOut(PostView view, PostStep next) {
        return switch (next) {
            case PostStep.CheckChannel _ -> SendRules.checked(view, chance(0.1)
                    ? new ChannelCheck.Lacking("can_post_messages")
                    : new ChannelCheck.Ready("launch_demo"));
            case PostStep.FindTop _ -> {
                var search = new TopSearch();
                for (var id = search.next(); id.isPresent(); id = search.next()) {
                    search.answered(probe(id.getAsInt()));
                }
                yield SendRules.topFound(view, search);
            }
            case PostStep.Rehearse _ -> SendRules.rehearsed(view, chance(0.2)
                    ? new SendOutcome.Unknown("no answer", Duration.ZERO)
                    : new SendOutcome.Posted(1, Posts.shown(view.job().command()), null));
            case Send send -> sent(view, send);
            case PostStep.LookForPost step -> {
                var look = looked(step.plan());
                var change = LookRules.looked(view, step, look);
                notThereOnlyIfSettled(view, change);
                yield change;
            }
            case PostStep.Verify step -> LookRules.verified(view, looked(step.plan()));
            case PostStep.LastLook step -> LookRules.lookedLast(view, step, looked(step.plan()));
            case PostStep.Confirm _ -> PostChange.of(view).with(LookRules.confirmed(view.job().state()));
            case PostStep.LookToWithdraw step -> LookRules.lookedToWithdraw(view, step, looked(step.plan()));
            case PostStep.Remove step -> LookRules.removed(view, step, remove(step));
            case PostStep.GiveUp(var reason) -> PostChange.of(view).with(SendRules.givenUp(view, reason));
            case PostStep.AskPerson(var question) -> PostChange.of(view).with(SendRules.asked(view, question));
            case PostStep.Rest _ -> throw new AssertionError("told before");
        };
    }

    private void notThereOnlyIfSettled(PostView before, PostChange after) {
        before.job().open().ifPresent(open -> {
            if (after.job().attempt(open.number()).outcome() == Outcome.NOT_THERE) {
                assertThat(now).isAfterOrEqualTo(open.settledAt(settings.settleDelay()));
            }
        });
    }

    private PostChange sent(PostView view, Send send) {
        assertThat(view.job().open()).as("sent while an outcome is unknown").isEmpty();
        assertThat(view.job().attempts()).as("sent although a post is known")
                .noneMatch(one -> one.outcome() == Outcome.POSTED);
        var attempt = PostAttempt.begun(send.number(), send.mark(), send.post().hash(), now,
                now.plus(TelegramPostingSettings.SEND_WITHIN).plus(settings.timeout()), claim);
        save(SendRules.begun(view, attempt));
        killedMaybe();
        var command = view.job().command();
        var outcome = request(command, attempt.deadline());
        killedMaybe();
        return SendRules.sent(view(command.jobId()), send.number(), outcome);
    }

    private SendOutcome request(PublishPost command, Instant deadline) {
        if (!chance(1)) {
            return new SendOutcome.Posted(commit(command), Posts.shown(command), null);
        }
        var retryAfter = Duration.ofSeconds(random.nextInt(10));
        return switch (random.nextInt(7)) {
            case 0 -> new SendOutcome.NotSent("connection refused");
            case 1 -> new SendOutcome.PlaceRefused("need administrator rights in the channel chat");
            case 2 -> {
                commit(command);
                yield new SendOutcome.Unknown("429", retryAfter);
            }
            case 3 -> new SendOutcome.Unknown("swallowed", retryAfter);
            case 4 -> {
                var bound = settings.settleDelay().multipliedBy(lateMax);
                late.add(new Late(deadline.plus(bound.multipliedBy(1 + random.nextInt(100)).dividedBy(101)),
                        deadline.plus(bound), command));
                yield new SendOutcome.Unknown("no answer in time", Duration.ZERO);
            }
            case 5 -> {
                commit(command);
                throw new Killed();
            }
            default -> {
                commit(command);
                yield new SendOutcome.Unknown("half an answer", Duration.ZERO);
            }
        };
    }

    private int commit(PublishPost command) {
        return commit(command, now.plus(chance(0.3) ? Duration.ofSeconds(random.nextInt(100)) : Duration.ZERO));
    }

    private int commit(PublishPost command, Instant visibleFrom) {
        somebodyPosts();
        messages.put(++lastId, new Message(command, visibleFrom));
        made.merge(command.jobId(), 1, Integer::sum);
        somebodyPosts();
        return lastId(command);
    }

    private int lastId(PublishPost command) {
        return posts(command.jobId()).getLast();
    }

    private void somebodyPosts() {
        while (chance(0.3)) {
            messages.put(++lastId, new Message(null, now));
        }
    }

    private ProbeAnswer probe(int id) {
        if (chance(0.05)) {
            return new ProbeAnswer.Unanswered("429");
        }
        if (chance(0.01)) {
            blindUntil = now.plusSeconds(random.nextInt(300));
        }
        var message = messages.get(id);
        if (message == null || now.isBefore(blindUntil) || now.isBefore(message.visibleFrom())) {
            return new ProbeAnswer.Nothing();
        }
        return message.command() == null ? new ProbeAnswer.SomebodyElses() : new ProbeAnswer.Ours();
    }

    private ReadAnswer read(int id) {
        if (chance(0.05)) {
            return new ReadAnswer.Unreadable("429");
        }
        var message = messages.get(id);
        return message == null || message.command() == null ? new ReadAnswer.Gone()
                : new ReadAnswer.Content(Posts.shown(message.command()));
    }

    private RemoveAnswer remove(PostStep.Remove step) {
        var mine = messages.get(step.messageId());
        assertThat(mine == null || mine.command() != null).as("a person's post is deleted").isTrue();
        if (!chance(0.2)) {
            messages.remove(step.messageId());
        }
        return chance(0.2) ? new RemoveAnswer.Failed("no answer") : new RemoveAnswer.Done(false);
    }

    private Look looked(LookPlan plan) {
        var look = new Look(plan);
        for (var question = look.next(); question.isPresent(); question = look.next()) {
            switch (question.get()) {
                case Question.Probe(var id) -> look.answered(probe(id));
                case Question.Read(var id) -> look.answered(read(id));
            }
            killedMaybe();
        }
        return look;
    }

    private void killedMaybe() {
        if (chance(0.05)) {
            throw new Killed();
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
        for (var one : List.copyOf(late)) {
            if (!one.at().isAfter(now)) {
                late.remove(one);
                commit(one.command(), one.visible());
            }
        }
        somebodyPosts();
        if (adminsDelete && chance(0.1)) {
            var ids = List.copyOf(messages.keySet());
            messages.remove(ids.get(random.nextInt(ids.size())));
        }
    }

    private PostView view(UUID id) {
        return new PostView(jobs.get(id), channel,
                jobs.values().stream().anyMatch(one -> one != jobs.get(id) && one.open().isPresent()), now, claim,
                null);
    }

    private void save(PostChange change) {
        jobs.put(change.job().command().jobId(), change.job());
        channel = change.channel();
    }

    private boolean chance(double share) {
        return random.nextDouble() < share * trouble;
    }
}
