package io.campaignlauncher.posting.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.posting.model.PostReport;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import io.campaignlauncher.posting.model.Posts;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.store.JdbcPostStore;
import io.campaignlauncher.posting.store.PostDatabase;
import io.campaignlauncher.telegram.BotToken;
import io.campaignlauncher.telegram.HttpTelegram;
import io.campaignlauncher.telegram.TelegramSettings;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.TelegramSimulatorSettings;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import io.campaignlauncher.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Two workers on one database, and Telegram over HTTP. */
class PostingOnPostgresIT {

    private static final long OTHER = -1_001_000_000_077L;
    private static final TelegramPostingSettings SETTINGS = new TelegramPostingSettings(Duration.ofMillis(500),
            Duration.ofMillis(200), 20, 3, Duration.ZERO, 200, Posts.LOG, Duration.ofSeconds(10), 4);

    private final List<PostReport> reports = new CopyOnWriteArrayList<>();
    private TelegramSimulator simulator;
    private HikariDataSource database;
    private HttpTelegram telegram;

    @BeforeEach
    void start() {
        var server = TestDatabase.shared();
        database = PostDatabase.open(server.createDatabase("posting"), server.username(), server.password(), 10,
                new SimpleMeterRegistry());
        PostDatabase.migrate(database);
        JdbcClient.create(database).sql("TRUNCATE posting.rewindings").update();
        simulator = TelegramSimulator.start(
                TelegramSimulatorSettings.DEFAULTS.withRules(TelegramRules.DEFAULTS.withoutLimits()));
        simulator.world().addChannel(Posts.LOG, null, "Log");
        simulator.world().addChannel(OTHER, "other", "Other");
        List.of(Posts.LOG, OTHER).forEach(chat -> simulator.world().setMembership(String.valueOf(chat),
                TelegramSimulator.BOT_ID, Membership.administrator(Rights.POST)));
        telegram = HttpTelegram.over(TelegramSettings.towards(simulator.baseUrl()).withTimeout(SETTINGS.timeout()),
                new BotToken(TelegramSimulator.TOKEN), null);
    }

    @AfterEach
    void stop() {
        telegram.close();
        simulator.close();
        database.close();
    }

    @Test
    void each_of_many_posts_is_made_once() {
        var end = Sinks.<Void>empty();
        var one = worker("one");
        var other = worker("other");
        var posts = IntStream.range(0, 8).mapToObj(i -> Posts.command(UUID.randomUUID(),
                i % 2 == 0 ? TelegramSimulator.CHANNEL_ID : OTHER, Instant.now().plus(Duration.ofMinutes(5))))
                .toList();
        simulator.faults().add(Fault.once(ApiMethod.SENDS, FaultEffect.answerLost()).containing(
                posts.getFirst().markerUrl()).inChat(TelegramSimulator.CHANNEL));
        var work = Mono.when(one.until(end.asMono()), other.until(end.asMono())).toFuture();

        posts.forEach(post -> (post.hashCode() % 2 == 0 ? one : other).handle(post).block());
        posts.forEach(post -> other.handle(post).block());

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(posts).allSatisfy(post -> assertThat(
                reports).anyMatch(
                        report -> report.jobId().equals(post.jobId())
                                && report.name().startsWith("last-look/OK/"))));
        assertThat(posts).allSatisfy(post -> assertThat(made(post)).isEqualTo(1));
        end.tryEmitEmpty();
        await().untilAsserted(() -> assertThat(work).isDone());
    }

    @Test
    void a_post_that_was_lost_with_the_primary_is_looked_for_and_not_made_again() {
        var end = Sinks.<Void>empty();
        var worker = worker("one");
        var post = Posts.command(UUID.randomUUID(), OTHER, Instant.now().plus(Duration.ofMinutes(5)));
        var work = worker.until(end.asMono()).toFuture();
        worker.handle(post).block();
        awaitConfirmed(post);

        var sql = JdbcClient.create(database);
        sql.sql("TRUNCATE posting.channels, posting.post_jobs, posting.post_attempts, posting.known_posts").update();
        sql.sql("UPDATE posting.timeline SET id = '00000000'").update();
        reports.clear();
        worker.handle(post).block();
        awaitConfirmed(post);

        assertThat(made(post)).isEqualTo(1);
        end.tryEmitEmpty();
        await().untilAsserted(() -> assertThat(work).isDone());
    }

    private void awaitConfirmed(PublishPost post) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(reports).anyMatch(
                report -> report.jobId().equals(post.jobId()) && report.name().startsWith("last-look/")));
    }

    private int made(PublishPost post) {
        return (int) simulator.world().posts(String.valueOf(post.chatId())).stream()
                .filter(one -> one.links().contains(post.markerUrl())).count();
    }

    private PostingWorker worker(String name) {
        return new PostingWorker(telegram, TelegramSimulator.BOT_ID, new JdbcPostStore(database, SETTINGS.attemptMax()),
                (_, report) -> Mono.fromRunnable(() -> reports.add(report)), () -> Mono.just(true),
                PostingTime.system(), SETTINGS, name);
    }
}
