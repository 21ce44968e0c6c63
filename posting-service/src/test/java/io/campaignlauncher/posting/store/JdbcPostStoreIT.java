package io.campaignlauncher.posting.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.posting.model.PostAttempt;
import io.campaignlauncher.posting.model.PostAttempt.Outcome;
import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.Posts;
import io.campaignlauncher.posting.model.SendOutcome;
import io.campaignlauncher.posting.model.SendRules;
import io.campaignlauncher.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class JdbcPostStoreIT extends PostStoreContract {

    private static HikariDataSource database;

    private final JdbcPostStore store = new JdbcPostStore(database, ATTEMPT_MAX);
    private final JdbcClient sql = JdbcClient.create(database);

    @BeforeAll
    static void start() {
        var server = TestDatabase.shared();
        database = PostDatabase.open(server.createDatabase("posts"), server.username(), server.password(), 10,
                new SimpleMeterRegistry());
        PostDatabase.migrate(database);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        sql.sql("""
                TRUNCATE posting.channels, posting.post_jobs, posting.post_attempts, posting.known_posts,
                         posting.post_requests, posting.rewindings, posting.rewound_marks""").update();
    }

    @Test
    void many_workers_work_on_many_posts_of_a_channel_one_after_the_other() {
        var posts = 12;
        Flux.range(0, posts).flatMap(_ -> store.accept(Posts.command())).blockLast();
        var atWork = new AtomicInteger();

        var worked = Flux.range(0, 6)
                .flatMap(worker -> Mono.defer(() -> store.claim("w" + worker, LEASE))
                        .flatMap(claim -> Mono.fromRunnable(() -> assertThat(atWork.incrementAndGet()).isOne())
                                .then(store.change(claim, LEASE, view -> new PostChange(view.job(), view.channel())))
                                .doOnNext(_ -> atWork.decrementAndGet())
                                .then(store.release(claim, null))
                                .thenReturn(claim))
                        .repeatWhenEmpty(200, tries -> tries.delayElements(Duration.ofMillis(5)))
                        .repeat(1), 6)
                .collectList().block();

        assertThat(worked).hasSize(posts).extracting(PostStore.Claim::jobId).doesNotHaveDuplicates();
        assertThat(worked).extracting(PostStore.Claim::number).doesNotHaveDuplicates();
    }

    @Test
    void the_database_refuses_a_second_attempt_while_one_may_post() {
        store.accept(Posts.command()).block();
        var claim = claim("a");
        begin(claim);

        assertThatThrownBy(() -> begin(claim)).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void the_database_refuses_a_second_attempt_after_one_has_posted() {
        var command = Posts.command();
        store.accept(command).block();
        var claim = claim("a");
        begin(claim);
        change(claim, view -> SendRules.sent(view, 1, new SendOutcome.Posted(7, Posts.shown(command), null)));

        assertThatThrownBy(() -> begin(claim)).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void the_database_refuses_a_claim_that_falls() {
        store.accept(Posts.command()).block();
        claim("a");

        assertThatThrownBy(() -> sql.sql("UPDATE posting.channels SET claim = 0").update())
                .isInstanceOf(DataAccessException.class).hasMessageContaining("must not fall");
    }

    @Test
    void all_of_a_post_is_read_as_it_was_stored() {
        var command = Posts.command();
        store.accept(command).block();
        var claim = claim("a");
        begin(claim);
        var stored = change(claim, view -> {
            var refused = SendRules.sent(view, 1, new SendOutcome.PlaceRefused("bot was kicked"));
            var job = refused.job().with(SendRules.asked(view.with(refused.job()), "what now?"));
            return new PostChange(job, refused.channel());
        });

        var read = read(claim);

        assertThat(read.job()).isEqualTo(stored.job());
        assertThat(read.channel()).isEqualTo(stored.channel());
        assertThat(read.job().attempts()).extracting(PostAttempt::outcome).isEqualTo(List.of(Outcome.NOT_MADE));
        assertThat(sql.sql("SELECT stage FROM posting.post_jobs").query(String.class).list())
                .containsExactly("QUEUED");
    }

    @Test
    void an_attempt_is_durable_before_anybody_hears_of_it() {
        var command = Posts.command(UUID.randomUUID());
        store.accept(command).block();
        begin(claim("a"));

        assertThat(sql.sql("SELECT marker_url FROM posting.post_attempts WHERE outcome = 'UNDER_WAY'")
                .query(String.class).list()).containsExactly(command.markerUrl());
    }

    @Override
    protected PostStore store() {
        return store;
    }

    /** As if what is known were the one before. */
    @Override
    protected void changeTimeline() {
        sql.sql("UPDATE posting.timeline SET id = '00000000'").update();
    }

    /** Moves all that is stored back instead. */
    @Override
    protected void pass(Duration time) {
        sql.sql("UPDATE posting.channels SET lease_until = lease_until - make_interval(secs => ?)")
                .param(time.toSeconds()).update();
        sql.sql("UPDATE posting.post_jobs SET next_at = next_at - make_interval(secs => ?)")
                .param(time.toSeconds()).update();
    }
}
