package io.campaignlauncher.posting.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.posting.model.PostContent;
import io.campaignlauncher.posting.model.PostProgress;
import io.campaignlauncher.posting.model.PostState.Question.Subject;
import io.campaignlauncher.posting.model.Stage;
import io.campaignlauncher.posting.model.TelegramPostingSettings;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import io.campaignlauncher.posting.model.PostingCommand.WithdrawPost;
import io.campaignlauncher.standin.Commit;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.core.ApiMethod;
import io.campaignlauncher.telegram.simulator.core.Fault;
import io.campaignlauncher.telegram.simulator.core.FaultEffect;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.FaultEffect.Damage;
import io.campaignlauncher.telegram.simulator.core.FaultEffect.Loss;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever Telegram does: in the end there is one post, or none, or a person is asked. */
class FaultMenuIT {

    private static final Duration S = TelegramPostingSettings.SETTLE_DELAY;
    private static final Duration T = TelegramPostingSettings.SEND_WITHIN.plus(TelegramPostingSettings.TIMEOUT);

    private static final String PHOTO = "https://example.com/lamp.png";
    private static final byte[] PNG = png();

    private final Newsroom newsroom = new Newsroom();

    private static byte[] png() {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @AfterEach
    void close() {
        newsroom.close();
    }

    static Stream<Arguments> madeOnceAllTheSame() {
        return Stream.of(
                of("nothing at all"),
                of("1 answer lost after commit", FaultEffect.answerLost()),
                of("2 commit a second after the time-out", FaultEffect.committedLate(T.plusSeconds(1))),
                of("2 commit half a settle delay late", FaultEffect.committedLate(T.plus(S.dividedBy(2)))),
                of("2 commit two settle delays late", FaultEffect.committedLate(T.plus(S.multipliedBy(2)))),
                of("3 request swallowed", FaultEffect.swallowed()),
                of("4 429 with commit", FaultEffect.tooManyRequests(Commit.atOnce(), 7)),
                of("5 429 without commit", FaultEffect.tooManyRequests(Commit.never(), 7)),
                of("6 500 restart with commit", FaultEffect.restart(Commit.atOnce())),
                of("6 500 restart without commit", FaultEffect.restart(Commit.never())),
                of("7 401 to a send in flight", FaultEffect.unauthorized(Commit.atOnce())),
                of("7 logged out to a send in flight", FaultEffect.loggedOut(Commit.atOnce())),
                of("8 502 as HTML", FaultEffect.gatewayPage(Commit.atOnce(), 502)),
                of("8 502 as JSON", FaultEffect.gatewayJson(Commit.never())),
                of("8 504", FaultEffect.gatewayPage(Commit.atOnce(), 504)),
                of("9 empty body with 400", FaultEffect.emptyBody(Commit.atOnce(), 400)),
                of("10 truncated JSON", new FaultEffect.Damaged(Damage.HALF_JSON)),
                of("11 message_id 0", new FaultEffect.Damaged(Damage.MESSAGE_ID_ZERO)),
                of("12 reset before it was read", new FaultEffect.NoAnswer(Commit.never(), Fate.CONNECTION_RESET)),
                of("12 reset after it was read", new FaultEffect.NoAnswer(Commit.atOnce(), Fate.CONNECTION_RESET)),
                of("12 reset after half the answer", new FaultEffect.Damaged(Damage.HALF_SENT)),
                of("13 a person's post between", new FaultEffect.OthersPost(2, false, false),
                        FaultEffect.answerLost()),
                of("14 another bot's post between", new FaultEffect.OthersPost(2, true, false),
                        FaultEffect.answerLost()),
                of("16 25 deletions in a row", new FaultEffect.OthersPost(25, false, true), FaultEffect.answerLost()),
                of("19 reads blind after commit, answer lost", new FaultEffect.HiddenFor(Duration.ofSeconds(90)),
                        FaultEffect.answerLost()),
                of("19 reads blind after commit", new FaultEffect.HiddenFor(Duration.ofSeconds(90))));
    }

    private static Arguments of(String name, FaultEffect... effects) {
        return Arguments.of(name, effects);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void madeOnceAllTheSame(String name, FaultEffect... effects) {
        var job = newsroom.onPost(effects).publish();

        assertThat(job.state().stage()).as("%s", job).isEqualTo(Stage.CONFIRMED);
        assertThat(newsroom.posts()).singleElement()
                .satisfies(post -> assertThat(post.id()).isEqualTo(job.state().messageId()));
        assertThat(newsroom.told()).last().asString().startsWith("last-look/");
    }

    /** To a bot without the right its own posts look like somebody else's: so they would be taken for missing, and sent again. */
    @Test
    void a_post_is_not_missing_where_the_bot_may_not_post_any_more() {
        newsroom.onPost(new FaultEffect.HiddenFor(S), FaultEffect.answerLost());
        newsroom.worker().handle(newsroom.command).block();
        newsroom.work();
        mayPost(Rights.NONE);
        newsroom.pass(T.plus(S).plusSeconds(10));

        assertThat(newsroom.work().open()).isPresent();

        mayPost(Rights.POST);
        newsroom.pass(Duration.ofMinutes(1));
        assertThat(newsroom.workToTheEnd().state().stage()).isEqualTo(Stage.CONFIRMED);
        assertThat(newsroom.posts()).hasSize(1);
        assertThat(newsroom.told()).doesNotContain("not-made/1");
    }

    private void mayPost(Rights rights) {
        newsroom.simulator.world().setMembership(TelegramSimulator.CHANNEL, TelegramSimulator.BOT_ID,
                Membership.administrator(rights));
    }

    @Test
    void a_413_with_an_empty_body_is_refused() {
        assertThat(newsroom.onPost(FaultEffect.emptyBody(Commit.never(), 413)).publish().state().stage())
                .isEqualTo(Stage.FAILED);
        assertThat(newsroom.posts()).isEmpty();
    }

    @Test
    void a_post_that_was_deleted_before_the_look_and_left_a_hole_is_for_a_person() {
        newsroom.onPost(FaultEffect.tooManyRequests(Commit.atOnce(), 10));
        newsroom.worker().handle(newsroom.command).block();
        newsroom.work();
        newsroom.simulator.world().personPosts(TelegramSimulator.CHANNEL, "hello");
        newsroom.simulator.world().personDeletes(TelegramSimulator.CHANNEL, newsroom.posts().getFirst().id());

        asksAPerson(newsroom.workToTheEnd());
    }

    @ParameterizedTest
    @MethodSource
    void aBotWithoutRightsPostsNothing(Loss loss) {
        var job = newsroom.onPost(new FaultEffect.BotLoses(loss)).publish();

        assertThat(job.state().stage()).as("%s", job).isEqualTo(Stage.FAILED);
        assertThat(newsroom.posts()).isEmpty();
        assertThat(newsroom.told()).anySatisfy(name -> assertThat(name).startsWith("held/"));
    }

    static Stream<Loss> aBotWithoutRightsPostsNothing() {
        return Stream.of(Loss.POSTING, Loss.MEMBERSHIP);
    }

    @Test
    void a_token_that_is_revoked_in_mid_run_leaves_the_outcome_to_a_person() {
        asksAPerson(newsroom.onPost(new FaultEffect.BotLoses(Loss.TOKEN)).publish());
        assertThat(newsroom.posts()).isEmpty();
    }

    @Test
    void a_channel_that_gets_protected_content_leaves_an_unknown_outcome_to_a_person() {
        asksAPerson(newsroom.onPost(new FaultEffect.ContentProtected(), FaultEffect.answerLost()).publish());
        assertThat(newsroom.posts()).hasSize(1);
    }

    @Test
    void not_found_for_everything_is_no_proof() {
        newsroom.simulator.faults().add(
                Fault.always(ApiMethod.PROBES, new FaultEffect.ReadRefused()).from(8));

        asksAPerson(newsroom.onPost(FaultEffect.answerLost()).publish());
        assertThat(newsroom.posts()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource
    void probesThatFailAreAskedAgain(FaultEffect effect) {
        newsroom.simulator.faults().add(Fault.always(ApiMethod.PROBES, effect).times(3));

        var job = newsroom.onPost(FaultEffect.answerLost()).publish();

        assertThat(job.state().stage()).as("%s", job).isEqualTo(Stage.CONFIRMED);
        assertThat(newsroom.posts()).hasSize(1);
    }

    static Stream<FaultEffect> probesThatFailAreAskedAgain() {
        return Stream.of(FaultEffect.tooManyRequests(Commit.never(), 3), FaultEffect.restart(Commit.never()));
    }

    @Test
    void a_forward_that_is_refused_leaves_an_unknown_outcome_to_a_person() {
        newsroom.simulator.faults().add(Fault.always(ApiMethod.FORWARDS, new FaultEffect.Refused(Commit.never(), 400,
                "Bad Request: the message can't be forwarded", null)));

        asksAPerson(newsroom.onPost(FaultEffect.answerLost()).publish());
        assertThat(newsroom.posts()).hasSize(1);
    }

    @Test
    void a_post_that_is_too_old_to_be_deleted_is_taken_back_by_a_neutral_text() {
        newsroom.publish();
        newsroom.pass(Duration.ofHours(49));

        newsroom.worker().handle(new WithdrawPost(newsroom.command.jobId(), "why")).block();
        var job = newsroom.workToTheEnd();

        assertThat(job.state().stage()).as("%s", job).isEqualTo(Stage.ROLLED_BACK);
        assertThat(newsroom.posts()).isEmpty();
        assertThat(newsroom.simulator.world().posts(TelegramSimulator.CHANNEL)).last()
                .satisfies(post -> assertThat(post.text()).isEqualTo(BotRequests.NEUTRAL_TEXT));
    }

    @Test
    void a_post_that_is_taken_back_is_gone() {
        newsroom.publish();

        newsroom.worker().handle(new WithdrawPost(newsroom.command.jobId(), "why")).block();

        assertThat(newsroom.workToTheEnd().state().stage()).isEqualTo(Stage.ROLLED_BACK);
        assertThat(newsroom.posts()).isEmpty();
        assertThat(newsroom.told()).last().isEqualTo("rolled-back");
        assertThat(newsroom.told()).noneMatch(name -> name.contains("SURPLUS_REMOVED"));
    }

    @Test
    void a_photo_is_uploaded_once_for_its_rehearsal_and_then_sent_by_its_id() {
        newsroom.simulator.world().addWebFile(PHOTO, PNG);
        newsroom.onPost(FaultEffect.answerLost());
        newsroom.command = withPhoto(newsroom.command);

        var job = newsroom.publish();

        assertThat(job.state().stage()).as("%s", job).isEqualTo(Stage.CONFIRMED);
        assertThat(job.state().rehearsal().photoFileId()).isNotNull();
        assertThat(newsroom.posts()).singleElement()
                .satisfies(post -> assertThat(post.photoUniqueId()).isNotNull());
    }

    @Test
    void an_old_photo_is_taken_back_by_a_neutral_caption() {
        newsroom.simulator.world().addWebFile(PHOTO, PNG);
        newsroom.command = withPhoto(newsroom.command);
        newsroom.publish();
        newsroom.pass(Duration.ofHours(49));

        newsroom.worker().handle(new WithdrawPost(newsroom.command.jobId(), "why")).block();
        var job = newsroom.workToTheEnd();

        assertThat(job.state().stage()).as("%s", job).isEqualTo(Stage.ROLLED_BACK);
        assertThat(newsroom.simulator.world().posts(TelegramSimulator.CHANNEL)).last()
                .satisfies(post -> assertThat(post.text()).isEqualTo(BotRequests.NEUTRAL_TEXT));
    }

    private static PublishPost withPhoto(PublishPost c) {
        return new PublishPost(c.jobId(), c.targetId(), c.chatId(),
                new PostContent(c.content().text(), c.content().entities(), PHOTO, c.content().linkLabel()),
                c.markerUrl(), null, c.notAfter(), c.tenant(), c.ownerId(), c.sentAt());
    }

    private void asksAPerson(PostProgress job) {
        assertThat(job.state().question()).as("%s", job).isNotNull();
        assertThat(Set.of(Subject.OUTCOME, Subject.GONE)).contains(job.state().question().subject());
        assertThat(newsroom.told()).anySatisfy(name -> assertThat(name).startsWith("asked/"));
    }
}
