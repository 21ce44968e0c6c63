package io.campaignlauncher.posting.store;

import io.campaignlauncher.pace.Timeline;
import io.campaignlauncher.posting.model.ChannelState;
import io.campaignlauncher.posting.model.PostAttempt;
import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.PostProgress;
import io.campaignlauncher.posting.model.PostState;
import io.campaignlauncher.posting.model.PostView;
import io.campaignlauncher.posting.model.PostingCommand;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import io.campaignlauncher.posting.model.PostingCommand.ResolvePost;
import io.campaignlauncher.posting.model.PostingCommand.WithdrawPost;
import io.campaignlauncher.posting.model.Rewindings;
import io.campaignlauncher.posting.store.PostRequests.Kind;
import io.campaignlauncher.posting.store.PostRequests.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** {@link PostStore} in the schema {@code posting} of a PostgreSQL database. Times are its clock. */
public final class JdbcPostStore implements PostStore {

    private static final int STATEMENT_TIMEOUT_SECONDS = 5;

    /** A thread for each piece of work; the pool of connections bounds them. */
    private final Scheduler threads = Schedulers.fromExecutorService(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("post-store-", 0).factory()), "post-store");
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Timeline timeline = new Timeline(PostDatabase.SCHEMA);
    private final Duration attemptMax;

    /** @param attemptMax from the commit of an attempt to the end of its request, at most, whoever sends it */
    public JdbcPostStore(DataSource database, Duration attemptMax) {
        var template = new JdbcTemplate(database);
        template.setQueryTimeout(STATEMENT_TIMEOUT_SECONDS);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.attemptMax = attemptMax;
    }

    @Override
    public Mono<Accepted> accept(PostingCommand command) {
        return committed(() -> switch (command) {
            case PublishPost publish -> publish(publish);
            case WithdrawPost withdraw -> request(Request.of(withdraw));
            case ResolvePost resolve -> request(Request.of(resolve));
        });
    }

    private Accepted publish(PublishPost command) {
        var hash = command.requestHash();
        jdbc.sql(PostSql.ADD_CHANNEL).param(command.chatId()).update();
        var added = jdbc.sql(PostSql.ADD_JOB)
                .params(command.jobId(), command.chatId(), hash, PostRows.json(command), PostRows.json(PostState.NEW))
                .update();
        if (added > 0) {
            return Accepted.TAKEN;
        }
        return jdbc.sql(PostSql.REQUEST_HASH).param(command.jobId()).query(String.class).single().equals(hash)
                ? request(new Request(command.jobId(), Kind.TELL, null, null))
                : Accepted.OTHER_CONTENT;
    }

    private Accepted request(Request request) {
        jdbc.sql(PostSql.ADD_REQUEST).param(request.jobId()).param(request.kind().name()).param(request.reason())
                .param(request.messageId()).update();
        jdbc.sql(PostSql.WAKE).param(request.jobId()).update();
        return Accepted.TAKEN;
    }

    @Override
    public Mono<Claim> claim(String owner, Duration lease) {
        return committed(() -> jdbc.sql(PostSql.CLAIM).param(owner).param(seconds(lease))
                .query((row, _) -> new Claim(row.getLong("chat_id"), row.getLong("claim"),
                        row.getObject("job_id", UUID.class)))
                .optional()).flatMap(Mono::justOrEmpty);
    }

    @Override
    public Mono<PostView> change(Claim claim, Duration lease, Function<PostView, PostChange> rule) {
        return committed(() -> {
            var locked = jdbc.sql(PostSql.RENEW).param(seconds(lease)).param(claim.chatId()).param(claim.number())
                    .query(PostRows::channel).optional().orElseThrow(() -> new LeaseLost(claim));
            var stored = stored(claim.jobId());
            var rewindings = rewindings(claim);
            var known = rewindings.heeded(stored);
            var requests = jdbc.sql(PostSql.TAKE_REQUESTS).param(claim.jobId()).query(PostRows::request).list();
            var before = new PostView(known, channel(locked.channel(), known), othersOpen(claim), locked.now(),
                    claim.number(), rewindings);
            var asked = PostRequests.applied(before, requests);
            var change = rule.apply(asked);
            save(stored, change.job());
            save(before.channel(), change.channel());
            return asked.with(change.job()).with(change.channel());
        });
    }

    private Rewindings rewindings(Claim claim) {
        return new Rewindings(jdbc.sql(PostSql.REWINDINGS).param(claim.chatId()).query(PostRows::rewinding).list(),
                Timeline.CLOCKS_DIFFER_MAX, attemptMax);
    }

    private PostProgress stored(UUID jobId) {
        var attempts = jdbc.sql(PostSql.ATTEMPTS).param(jobId).query(PostRows::attempt).list();
        return jdbc.sql(PostSql.LOCK_JOB).param(jobId)
                .query((row, _) -> new PostProgress(PostRows.value(row.getString("command"), PublishPost.class),
                        attempts, PostRows.value(row.getString("state"), PostState.class)))
                .single();
    }

    private ChannelState channel(ChannelState channel, PostProgress job) {
        var mark = job.attempts().stream().mapToInt(PostAttempt::mark).min()
                .orElse(channel.mark() == null ? 0 : channel.mark());
        var posts = jdbc.sql(PostSql.KNOWN_POSTS).param(channel.chatId()).param(mark).query(PostRows::knownPost).list();
        return channel.knowing(posts);
    }

    private boolean othersOpen(Claim claim) {
        return jdbc.sql(PostSql.OTHERS_OPEN).param(claim.chatId()).param(claim.jobId()).query(Boolean.class).single();
    }

    private void save(PostProgress before, PostProgress after) {
        var jobId = after.command().jobId();
        if (!after.state().equals(before.state())) {
            jdbc.sql(PostSql.SAVE_STATE).param(PostRows.json(after.state())).param(jobId).update();
        }
        // An attempt that ends makes room for the one that begins.
        after.attempts().stream().filter(attempt -> !before.attempts().contains(attempt))
                .forEach(attempt -> jdbc.sql(PostSql.SAVE_ATTEMPT)
                        .param(jobId).param(attempt.number()).param(after.command().chatId()).param(attempt.mark())
                        .param(after.command().markerUrl()).param(attempt.requestHash())
                        .param(PostRows.column(attempt.begunAt())).param(PostRows.column(attempt.deadline()))
                        .param(attempt.claim()).param(attempt.outcome().name()).param(attempt.messageId())
                        .param(attempt.detail()).param(attempt.wasUnknown()).update());
    }

    private void save(ChannelState before, ChannelState after) {
        if (after.equals(before)) {
            return;
        }
        jdbc.sql(PostSql.SAVE_CHANNEL).param(after.mark()).param(after.controls().toArray(Integer[]::new))
                .param(after.username()).param(PostRows.column(after.checkedAt())).param(after.heldFor())
                .param(PostRows.column(after.heldUntil())).param(PostRows.column(after.lastSendAt()))
                .param(after.chatId()).update();
        after.posts().stream().filter(post -> !before.posts().contains(post))
                .forEach(post -> jdbc.sql(PostSql.SAVE_KNOWN_POST).param(after.chatId()).param(post.messageId())
                        .param(post.jobId()).param(PostRows.column(post.begunAt())).update());
    }

    @Override
    public Mono<Boolean> holds(Claim claim) {
        return committed(() -> jdbc.sql(PostSql.HOLDS).param(claim.number()).param(claim.chatId())
                .query(Boolean.class).optional().orElse(false));
    }

    @Override
    public Mono<Void> release(Claim claim, @Nullable Instant until) {
        return released(claim, () -> {
            jdbc.sql(PostSql.JUST_LOCK_JOB).param(claim.jobId()).query().listOfRows();
            jdbc.sql(PostSql.REST).param(claim.jobId()).param(PostRows.column(until)).param(claim.jobId()).update();
        });
    }

    @Override
    public Mono<Void> postpone(Claim claim, Duration pause) {
        return released(claim, () -> jdbc.sql(PostSql.POSTPONE).param(seconds(pause)).param(claim.jobId()).update());
    }

    private Mono<Void> released(Claim claim, Runnable rest) {
        return committed(() -> {
            var released = jdbc.sql(PostSql.RELEASE).param(claim.chatId()).param(claim.number()).update();
            if (released > 0) {
                rest.run();
            }
            return released;
        }).then();
    }

    private <T> Mono<T> committed(Supplier<T> work) {
        return Mono.fromCallable(() -> transaction.execute(_ -> {
            if (timeline.note(jdbc)) {
                jdbc.sql(PostSql.REWIND).update();
            }
            return work.get();
        })).subscribeOn(threads);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
