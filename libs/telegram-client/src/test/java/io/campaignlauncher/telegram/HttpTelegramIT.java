package io.campaignlauncher.telegram;

import static io.campaignlauncher.telegram.Answering.CHANNEL;
import static io.campaignlauncher.telegram.Answering.LOG;
import static io.campaignlauncher.telegram.Answering.MARKER;
import static io.campaignlauncher.telegram.Answering.post;
import static io.campaignlauncher.telegram.Answering.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every call, answered as it should be. */
class HttpTelegramIT {

    private static final String NAME = TelegramSimulator.CHANNEL;

    private final Answering answering = new Answering();
    private final HttpTelegram telegram = answering.telegram;

    @AfterEach
    void close() {
        answering.close();
    }

    private static Post withText(String text, TextEntity... entities) {
        return new Post(CHANNEL, new Post.Content.Text(text, List.of(entities), false), List.of(), false, null);
    }

    @Test
    void posts_a_text_and_shows_what_became_of_it() {
        var result = outcome(telegram.send(new Post(CHANNEL,
                new Post.Content.Text("😀 An offer", List.of(TextEntity.of("bold", 3, 2),
                        TextEntity.link(6, 5, MARKER)), false),
                List.of(new Post.UrlButton("Open", "https://ads.example/open")), true, MARKER)));

        var message = ((SendResult.Posted) result).message();
        assertThat(message.id()).isEqualTo(2);
        assertThat(message.chatId()).isEqualTo(CHANNEL);
        assertThat(message.text()).isEqualTo("😀 An offer");
        assertThat(message.entities()).containsExactly(TextEntity.of("bold", 3, 2), TextEntity.link(6, 5, MARKER));
        assertThat(message.links()).containsExactly(MARKER, "https://ads.example/open");
        assertThat(message.photoUniqueId()).isNull();
        assertThat(answering.marked()).isEqualTo(1);
    }

    @Test
    void posts_a_photo_by_its_bytes_and_then_by_its_id() throws IOException {
        var link = TextEntity.link(0, 8, MARKER);
        var uploaded = ((SendResult.Posted) outcome(telegram.send(new Post(CHANNEL,
                new Post.Content.Upload(png(), "An offer ✓", List.of(link)),
                List.of(new Post.UrlButton("Open", MARKER)), true, MARKER)))).message();
        assertThat(uploaded.text()).isEqualTo("An offer ✓");
        assertThat(uploaded.links()).containsExactly(MARKER, MARKER);
        assertThat(uploaded.photoFileId()).isNotNull();

        var again = ((SendResult.Posted) outcome(telegram.send(new Post(CHANNEL,
                new Post.Content.Photo(uploaded.photoFileId(), "An offer ✓", List.of(link)), List.of(), true,
                MARKER)))).message();
        assertThat(again.photoUniqueId()).isEqualTo(uploaded.photoUniqueId());
        assertThat(again.entities()).isEqualTo(uploaded.entities());
        assertThat(outcome(telegram.editCaption(CHANNEL, again.id(), "Removed"))).isEqualTo(new ChangeResult.Done());
    }

    private static byte[] png() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    @Test
    void calls_contents_that_cannot_be_posted_refused() {
        assertThat(outcome(telegram.send(withText("x".repeat(4097)))))
                .isEqualTo(new SendResult.RefusedContent("Bad Request: message is too long"));
        assertThat(outcome(telegram.send(withText("")))).isInstanceOf(SendResult.RefusedContent.class);
        assertThat(outcome(telegram.send(new Post(CHANNEL, new Post.Content.Photo("no-such-file", "", List.of()),
                List.of(), false, null))))
                .isEqualTo(new SendResult.RefusedContent(
                        "Bad Request: wrong file identifier/HTTP URL specified"));
        assertThat(answering.simulator.world().posts(NAME)).hasSize(1);
    }

    @Test
    void calls_a_place_where_the_bot_may_not_post_refused_and_not_the_contents() {
        assertThat(outcome(telegram.send(new Post(-5, new Post.Content.Text("x", List.of(), true), List.of(), false,
                null)))).isEqualTo(new SendResult.RefusedPlace("Bad Request: chat not found"));
        answering.simulator.world().setMembership(NAME, 1, Membership.administrator(Rights.NONE));
        assertThat(answering.send("x")).isEqualTo(
                new SendResult.RefusedPlace("Bad Request: need administrator rights in the channel chat"));
        answering.simulator.world().setMembership(NAME, 1, Membership.KICKED);
        assertThat(answering.send("x"))
                .isEqualTo(new SendResult.RefusedPlace("Forbidden: bot was kicked from the channel chat"));
    }

    @Test
    void says_that_nothing_was_sent_where_nobody_listens() {
        try (var nowhere = HttpTelegram.over(TelegramSettings.towards(URI.create("http://127.0.0.1:1")),
                new BotToken(TelegramSimulator.TOKEN), null)) {
            assertThat(outcome(nowhere.send(post("x")))).isInstanceOf(SendResult.NotSent.class);
            assertThat(outcome(nowhere.probe(CHANNEL, 1))).isInstanceOf(ProbeResult.Inconclusive.class);
        }
    }

    @Test
    void tells_by_a_probe_whose_message_is_there() {
        int ours = answering.posted("ours");
        int theirs = answering.simulator.world().personPosts(NAME, "theirs");
        var before = answering.simulator.world().posts(NAME);

        assertThat(outcome(telegram.probe(CHANNEL, ours))).isEqualTo(new ProbeResult.Ours());
        assertThat(outcome(telegram.probe(CHANNEL, theirs))).isEqualTo(new ProbeResult.NotOurs());
        assertThat(outcome(telegram.probe(CHANNEL, theirs + 1))).isEqualTo(new ProbeResult.Nothing());
        assertThat(outcome(telegram.probeByGame(CHANNEL, ours))).isEqualTo(new ProbeResult.Something());
        assertThat(outcome(telegram.probeByGame(CHANNEL, theirs + 1))).isEqualTo(new ProbeResult.Nothing());
        assertThat(answering.simulator.world().posts(NAME)).isEqualTo(before);

        answering.simulator.world().setMembership(NAME, 1, Membership.KICKED);
        assertThat(outcome(telegram.probe(CHANNEL, ours))).isInstanceOf(ProbeResult.Inconclusive.class);
        assertThat(outcome(telegram.probeByGame(CHANNEL, ours))).isInstanceOf(ProbeResult.Inconclusive.class);
    }

    @Test
    void reads_a_message_by_forwarding_it() {
        int id = answering.posted("An offer");

        var copy = ((ForwardResult.Forwarded) outcome(telegram.forward(CHANNEL, id, LOG))).copy();
        assertThat(copy.text()).isEqualTo("An offer");
        assertThat(copy.chatId()).isEqualTo(LOG);
        assertThat(copy.links()).containsExactly(MARKER);
        assertThat(copy.origin()).isNotNull();
        assertThat(copy.origin().messageId()).isEqualTo(id);
        assertThat(copy.origin().chatId()).isEqualTo(CHANNEL);

        assertThat(outcome(telegram.forward(CHANNEL, id + 1, LOG))).isEqualTo(new ForwardResult.Nothing());
        assertThat(outcome(telegram.forward(CHANNEL, 1, LOG))).isInstanceOf(ForwardResult.Unforwardable.class);
        answering.simulator.world().setProtected(NAME, true);
        assertThat(outcome(telegram.forward(CHANNEL, id, LOG))).isEqualTo(new ForwardResult.Unforwardable(
                "Bad Request: message has protected content and can't be forwarded"));
        assertThat(outcome(telegram.forward(CHANNEL, id, -5))).isInstanceOf(ForwardResult.Inconclusive.class);
    }

    @Test
    void deletes_a_post_for_48_hours_and_edits_it_later() {
        int first = answering.posted("first");
        int second = answering.posted("second");

        assertThat(outcome(telegram.delete(CHANNEL, first))).isEqualTo(new ChangeResult.Done());
        assertThat(outcome(telegram.delete(CHANNEL, first))).isEqualTo(new ChangeResult.NotThere());
        answering.simulator.forward(Duration.ofHours(48));
        assertThat(outcome(telegram.delete(CHANNEL, second))).isEqualTo(
                new ChangeResult.Refused("Bad Request: message can't be deleted for everyone"));
        assertThat(outcome(telegram.editText(CHANNEL, second, "Removed"))).isEqualTo(new ChangeResult.Done());
        assertThat(outcome(telegram.editText(CHANNEL, second, "Removed"))).isEqualTo(new ChangeResult.Done());
        assertThat(outcome(telegram.editCaption(CHANNEL, second, "Removed"))).isEqualTo(
                new ChangeResult.Refused("Bad Request: there is no caption in the message to edit"));
        assertThat(outcome(telegram.editText(CHANNEL, 999, "Removed"))).isEqualTo(new ChangeResult.NotThere());
        assertThat(answering.marked()).isZero();
    }

    @Test
    void reads_the_bot_its_channel_and_what_it_may_do_there() {
        assertThat(outcome(telegram.me())).isEqualTo(new ReadResult.Found<>(new BotUser(1, "launch_demo_bot")));
        assertThat(outcome(telegram.chat(NAME))).isEqualTo(new ReadResult.Found<>(
                new ChatInfo(CHANNEL, "channel", "Launch demo", "launch_demo", false, 0)));
        assertThat(outcome(telegram.member(CHANNEL, 1))).isEqualTo(new ReadResult.Found<>(
                new ChatMember(1, "administrator", true, false, false)));
        answering.simulator.world().setProtected(NAME, true);
        answering.simulator.world().setAutoDelete(NAME, 86_400);
        assertThat(outcome(telegram.chat(String.valueOf(CHANNEL)))).isEqualTo(new ReadResult.Found<>(
                new ChatInfo(CHANNEL, "channel", "Launch demo", "launch_demo", true, 86_400)));
        assertThat(outcome(telegram.chat("@nowhere")))
                .isEqualTo(new ReadResult.Refused<ChatInfo>("Bad Request: chat not found"));
        answering.simulator.world().setRevoked(1, true);
        assertThat(outcome(telegram.me())).isEqualTo(new ReadResult.Refused<BotUser>("Unauthorized"));
    }
}
