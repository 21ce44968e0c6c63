package io.campaignlauncher.posting.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.pace.PaceTime;
import io.campaignlauncher.posting.model.PostAttempt.Outcome;
import io.campaignlauncher.posting.model.PostAttempt;
import io.campaignlauncher.posting.model.PostChange;
import io.campaignlauncher.posting.model.PostContent;
import io.campaignlauncher.posting.model.PostReport;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import io.campaignlauncher.posting.model.PostingCommand.ResolvePost;
import io.campaignlauncher.posting.model.Posts;
import io.campaignlauncher.posting.model.Stage;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.store.MemoryPostStore;
import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class PostingWorkerIT {

    /** It is rehearsed. */
    private static final int SENDS_OF_A_POST = 2;

    private final Newsroom newsroom = new Newsroom();

    @AfterEach
    void close() {
        newsroom.close();
    }

    @Test
    void tells_each_step_of_a_post_in_order() {
        newsroom.publish();

        var id = newsroom.posts().getFirst().id();
        assertThat(newsroom.told()).containsExactly("started/1", "posted/" + id, "last-look/OK/" + id);
        assertThat(newsroom.reports).filteredOn(PostReport.Posted.class::isInstance).singleElement()
                .isInstanceOfSatisfying(PostReport.Posted.class, posted -> assertThat(posted.link())
                        .isEqualTo("https://t.me/launch_demo/" + id));
    }

    @Test
    void the_same_command_again_makes_no_second_post_and_is_told_again() {
        newsroom.publish();
        var told = newsroom.told();
        newsroom.reports.clear();

        newsroom.publish();

        assertThat(newsroom.posts()).hasSize(1);
        assertThat(newsroom.told()).isEqualTo(told);
    }

    @Test
    void another_content_under_the_name_of_a_post_is_refused() {
        newsroom.publish();
        var c = newsroom.command;
        var other = new PublishPost(c.jobId(), c.targetId(), c.chatId(),
                new PostContent("Something else", List.of(), null, "More"), c.markerUrl(), null, c.notAfter(),
                c.tenant(), c.ownerId(), c.sentAt());

        assertThatThrownBy(() -> newsroom.worker().handle(other).block()).isInstanceOf(OtherContent.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void the_process_may_die_before_or_after_any_step(boolean after) {
        for (var call = 1;; call++) {
            try (var room = new Newsroom()) {
                var dying = new DyingStore(room.store, call, after);
                var worker = room.worker(dying);
                worker.handle(room.command).onErrorComplete().block();
                worker.workOff().onErrorComplete().block();
                if (!dying.died()) {
                    assertThat(call).isGreaterThan(10);
                    return;
                }
                room.pass(Duration.ofMinutes(2));
                var job = room.publish();

                assertThat(job.state().stage()).as("died at call %s: %s", call, job).isEqualTo(Stage.CONFIRMED);
                assertThat(room.posts()).as("died at call %s", call).hasSize(1);
            }
        }
    }

    @Test
    void a_post_that_was_lost_with_the_database_is_not_sent_again() {
        newsroom.publish();
        newsroom.pass(Duration.ofSeconds(1));
        newsroom.store.rewind(MemoryPostStore.REWOUND_MAX);
        assertThat(newsroom.store.job(newsroom.command.jobId())).isNull();

        var job = newsroom.publish();

        assertThat(job.state().stage()).as("%s", job).isEqualTo(Stage.CONFIRMED);
        assertThat(newsroom.posts()).hasSize(1);
        assertThat(newsroom.simulator.counters().calls(ApiMethod.SEND_MESSAGE)).isEqualTo(SENDS_OF_A_POST);
    }

    /** What was committed is missing from there on; whoever was at work goes on, and the command comes again. */
    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 4, 8, 16 })
    void the_database_may_be_lost_at_any_step_with_what_it_had_committed_last(int seconds) {
        for (var call = 1;; call++) {
            try (var room = new Newsroom()) {
                var lostAt = call;
                var store = new DyingStore(room.store, Integer.MAX_VALUE, false);
                var lost = new AtomicBoolean();
                store.beforeCall = number -> {
                    room.pass(Duration.ofSeconds(1));
                    if (number == lostAt) {
                        room.store.rewind(Duration.ofSeconds(seconds));
                        lost.set(true);
                    }
                };
                var worker = room.worker(store);
                worker.handle(room.command).block();
                worker.workOff().onErrorComplete().block();
                if (!lost.get()) {
                    assertThat(call).isGreaterThan(10);
                    return;
                }
                var job = room.publish();

                assertThat(job.state().stage()).as("lost at call %s: %s", call, job).isEqualTo(Stage.CONFIRMED);
                assertThat(room.everPosted()).as("lost at call %s: %s", call, job).isOne();
            }
        }
    }

    @Test
    void a_post_that_has_not_left_when_its_attempt_is_lost_is_sent_once_nobody_else_can_have_sent_it() {
        var store = new DyingStore(newsroom.store, Integer.MAX_VALUE, false);
        store.beforeHolds = () -> {
            newsroom.pass(Duration.ofSeconds(1));
            newsroom.store.rewind(MemoryPostStore.REWOUND_MAX);
        };
        var worker = newsroom.worker(store);
        worker.handle(newsroom.command).block();
        worker.workOff().block();
        assertThat(newsroom.posts()).isEmpty();
        var lostAt = newsroom.clock.instant();

        var job = newsroom.publish();

        assertThat(newsroom.posts()).hasSize(1);
        assertThat(job.attempts()).extracting(PostAttempt::outcome).containsExactly(Outcome.NOT_THERE,
                Outcome.POSTED);
        assertThat(job.attempts().getLast().begunAt()).isAfterOrEqualTo(lostAt
                .plus(newsroom.settings.attemptMax()).plus(newsroom.settings.settleDelay()));
    }

    @Test
    void without_a_log_channel_a_person_is_asked_about_what_may_have_been_lost_with_the_database() {
        try (var room = new Newsroom(null)) {
            room.publish();
            room.pass(Duration.ofSeconds(1));
            room.store.rewind(MemoryPostStore.REWOUND_MAX);

            var job = room.publish();

            assertThat(job.state().question()).as("%s", job).isNotNull();
            assertThat(room.simulator.counters().calls(ApiMethod.SEND_MESSAGE)).isEqualTo(1);
            room.worker().handle(new ResolvePost(job.command().jobId(), room.posts().getFirst().id(), "mia")).block();
            assertThat(room.workToTheEnd().state().stage()).isEqualTo(Stage.CONFIRMED);
        }
    }

    @Test
    void nothing_is_sent_while_the_kill_switch_is_off_and_what_waits_is_sent_once_it_is_on() {
        newsroom.on = false;
        newsroom.worker().handle(newsroom.command).block();
        newsroom.work();
        assertThat(newsroom.posts()).isEmpty();
        assertThat(newsroom.store.job(newsroom.command.jobId()).state().stage()).isEqualTo(Stage.QUEUED);

        newsroom.on = true;

        assertThat(newsroom.workToTheEnd().state().stage()).isEqualTo(Stage.CONFIRMED);
    }

    @Test
    void a_kill_switch_that_cannot_be_read_counts_as_off() {
        var worker = new PostingWorker(newsroom.telegram, TelegramSimulator.BOT_ID, newsroom.store,
                (_, _) -> Mono.empty(), () -> Mono.error(new IllegalStateException("away")),
                new PostingTime(newsroom.clock, PaceTime.system()), newsroom.settings, "w");
        worker.handle(newsroom.command).block();

        worker.workOff().block();

        assertThat(newsroom.simulator.counters().calls(ApiMethod.SEND_MESSAGE)).isZero();
    }

    @Test
    void what_was_under_way_is_read_back_while_the_kill_switch_is_off() {
        newsroom.onPost(FaultEffect.tooManyRequests(Commit.atOnce(), 7));
        newsroom.worker().handle(newsroom.command).block();
        newsroom.work();
        newsroom.on = false;

        assertThat(newsroom.workToTheEnd().state().stage()).isEqualTo(Stage.CONFIRMED);
    }

    @Test
    void a_worker_that_lost_its_channel_right_before_the_request_sends_nothing() {
        var stored = new ArrayList<PostAttempt>();
        var worker = new PostingWorker(newsroom.telegram, TelegramSimulator.BOT_ID, newsroom.store, (_, report) -> {
            if (report instanceof PostReport.Started && stored.isEmpty()) {
                stored.addAll(newsroom.store.job(newsroom.command.jobId()).attempts());
                // The process stands still here, for longer than it has the channel.
                newsroom.pass(Duration.ofMinutes(3));
                var other = newsroom.store.claim("other", Duration.ofSeconds(1)).block();
                newsroom.store.change(other, Duration.ofSeconds(1), PostChange::of).block();
            }
            return Mono.empty();
        }, () -> Mono.just(true), new PostingTime(newsroom.clock, PaceTime.system()), newsroom.settings, "w");
        worker.handle(newsroom.command).block();

        worker.workOff().block();

        assertThat(stored).extracting(PostAttempt::outcome).containsExactly(Outcome.UNDER_WAY);
        assertThat(newsroom.posts()).isEmpty();
        newsroom.pass(Duration.ofSeconds(2));
        assertThat(newsroom.workToTheEnd().state().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(newsroom.posts()).hasSize(1);
    }

    @Test
    void a_worker_whose_own_clocks_stand_still_is_told_by_the_store_that_its_channel_is_gone() {
        var store = new DyingStore(newsroom.store, Integer.MAX_VALUE, false);
        store.beforeHolds = () -> {
            newsroom.pass(Duration.ofMinutes(3));
            newsroom.store.claim("other", Duration.ofSeconds(1)).block();
        };
        var still = Clock.fixed(newsroom.clock.instant(), ZoneOffset.UTC);
        var worker = new PostingWorker(newsroom.telegram, TelegramSimulator.BOT_ID, store, (_, _) -> Mono.empty(),
                () -> Mono.just(true), new PostingTime(still, PaceTime.system()), newsroom.settings, "w");
        worker.handle(newsroom.command).block();

        worker.workOff().block();

        assertThat(newsroom.posts()).isEmpty();
        newsroom.pass(Duration.ofSeconds(2));
        assertThat(newsroom.workToTheEnd().state().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(newsroom.posts()).hasSize(1);
    }

    @Test
    void a_worker_that_stood_still_before_its_request_sends_nothing_although_nobody_took_the_channel() {
        var worker = new PostingWorker(newsroom.telegram, TelegramSimulator.BOT_ID, newsroom.store, (_, report) -> {
            if (report instanceof PostReport.Started(_, var attempt) && attempt == 1) {
                newsroom.pass(Duration.ofSeconds(6));
            }
            return Mono.empty();
        }, () -> Mono.just(true), new PostingTime(newsroom.clock, PaceTime.system()), newsroom.settings, "w");
        worker.handle(newsroom.command).block();

        worker.workOff().block();

        assertThat(newsroom.store.job(newsroom.command.jobId()).attempts()).extracting(PostAttempt::outcome)
                .containsExactly(Outcome.NOT_MADE);
        assertThat(newsroom.posts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = { -86_400, -60, 60, 86_400 })
    void a_clock_that_jumps_in_the_middle_leads_to_no_second_post(long seconds) {
        newsroom.onPost(FaultEffect.answerLost());
        var jump = new AtomicLong();
        var clock = ((InstantSource) () -> newsroom.clock.instant().plusSeconds(jump.get())).withZone(ZoneOffset.UTC);
        var worker = new PostingWorker(newsroom.telegram, TelegramSimulator.BOT_ID, newsroom.store,
                (_, report) -> Mono.fromRunnable(() -> {
                    if (report instanceof PostReport.Started) {
                        jump.set(seconds);
                    }
                }), () -> Mono.just(true), new PostingTime(clock, PaceTime.system()), newsroom.settings, "w");
        worker.handle(newsroom.command).block();

        worker.workOff().block();

        assertThat(newsroom.workToTheEnd().state().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(newsroom.posts()).hasSize(1);
    }

    @Test
    void nothing_is_sent_before_its_start_was_told() {
        var worker = new PostingWorker(newsroom.telegram, TelegramSimulator.BOT_ID, newsroom.store,
                (_, _) -> Mono.error(new IllegalStateException("the broker is away")), () -> Mono.just(true),
                new PostingTime(newsroom.clock, PaceTime.system()), newsroom.settings, "w");
        worker.handle(newsroom.command).block();

        worker.workOff().block();

        assertThat(newsroom.posts()).isEmpty();
        newsroom.pass(Duration.ofMinutes(1));
        assertThat(newsroom.workToTheEnd().state().stage()).isEqualTo(Stage.CONFIRMED);
    }

    @Test
    void a_post_that_came_two_settle_delays_late_is_removed_before_the_job_ends() {
        newsroom.onPost(FaultEffect.committedLate(newsroom.settings.timeout()
                .plus(newsroom.settings.settleDelay().multipliedBy(2)))).publish();

        assertThat(newsroom.told()).contains("unknown/1", "not-made/1", "started/2")
                .last().asString().startsWith("last-look/SURPLUS_REMOVED/");
        assertThat(newsroom.posts()).hasSize(1);
    }

    @Test
    void works_until_the_end_on_each_channel_alone() {
        var slow = Posts.command(UUID.randomUUID(), -1_001_000_000_050L, newsroom.command.notAfter());
        newsroom.simulator.world().addChannel(slow.chatId(), "slow", "Slow");
        newsroom.simulator.world().setMembership("@slow", TelegramSimulator.BOT_ID,
                Membership.administrator(Rights.POST));
        var settings = new TelegramPostingSettings(TelegramPostingSettings.TIMEOUT,
                TelegramPostingSettings.SETTLE_DELAY, TelegramPostingSettings.SCAN_GAP,
                TelegramPostingSettings.MAX_ATTEMPTS, TelegramPostingSettings.PER_CHAT_INTERVAL, 0, Posts.LOG,
                TelegramPostingSettings.LEASE, 4);
        var end = Sinks.<Void>empty();
        var slowly = Sinks.<Void>empty();
        var worker = new PostingWorker(newsroom.telegram, TelegramSimulator.BOT_ID, newsroom.store,
                (post, _) -> post.jobId().equals(slow.jobId()) ? slowly.asMono() : Mono.empty(),
                () -> Mono.just(true), new PostingTime(newsroom.clock, PaceTime.system()), settings, "w");
        worker.handle(slow).block();
        var ended = worker.until(end.asMono()).toFuture();
        await().untilAsserted(() -> assertThat(newsroom.store.job(slow.jobId()).attempts()).hasSize(1));

        worker.handle(newsroom.command).block();

        await().untilAsserted(() -> assertThat(newsroom.store.job(newsroom.command.jobId()).state().stage())
                .isEqualTo(Stage.CONFIRMED));
        end.tryEmitEmpty();
        assertThat(ended).isNotDone();
        slowly.tryEmitEmpty();
        await().untilAsserted(() -> assertThat(ended).isDone());
        assertThat(newsroom.store.job(slow.jobId()).state().stage()).isEqualTo(Stage.CONFIRMED);
    }

    @Test
    void without_a_log_channel_a_lost_answer_is_found_by_its_place() {
        try (var room = new Newsroom(null)) {
            var job = room.onPost(FaultEffect.answerLost()).publish();

            assertThat(job.state().stage()).as("%s", job).isEqualTo(Stage.CONFIRMED);
            assertThat(room.posts()).hasSize(1);
            assertThat(room.simulator.counters().calls(ApiMethod.SEND_MESSAGE)).isEqualTo(1);
        }
    }

    @Test
    void two_posts_of_a_channel_with_lost_answers_are_told_apart() {
        var other = Posts.command(UUID.randomUUID(), TelegramSimulator.CHANNEL_ID,
                newsroom.command.notAfter());
        newsroom.onPost(FaultEffect.answerLost(), FaultEffect.tooManyRequests(Commit.atOnce(), 5));
        newsroom.worker().handle(other).block();

        var job = newsroom.publish();

        assertThat(job.state().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(newsroom.store.job(other.jobId()).state().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(newsroom.posts()).hasSize(1);
        assertThat(newsroom.simulator.world().marked(TelegramSimulator.CHANNEL, other.markerUrl())).hasSize(1);
    }
}
