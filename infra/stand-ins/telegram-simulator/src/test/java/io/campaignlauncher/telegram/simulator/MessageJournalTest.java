package io.campaignlauncher.telegram.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.telegram.simulator.core.BotApi;
import io.campaignlauncher.telegram.simulator.core.BotRequest;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.MessageJournal;
import io.campaignlauncher.telegram.simulator.core.Post;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageJournalTest {

    private static final String TOKEN = "1:test";
    private static final String CHANNEL = "@kept";
    private static final String PHOTO = "https://example.org/otter.png";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void who_is_started_anew_has_all_messages_as_they_were_and_uses_no_number_again() {
        List<Post> before;
        try (var journal = journal()) {
            var api = api(journal);
            api.world().personPosts(CHANNEL, "theirs");
            ask(api, "sendMessage", Map.of("text", "<a href=\"https://ads.example/t/1\">ours</a>", "parse_mode", "HTML",
                    "reply_markup",
                    "{\"inline_keyboard\":[[{\"text\":\"More\",\"url\":\"https://ads.example/t/2\"}]]}"));
            ask(api, "sendPhoto", Map.of("photo", PHOTO, "caption", "An otter"));
            ask(api, "editMessageText", Map.of("message_id", "3", "text", "changed"));
            ask(api, "deleteMessage", Map.of("message_id", "4"));
            before = api.world().posts(CHANNEL);
        }

        try (var journal = journal()) {
            var api = api(journal);

            assertThat(before).hasSize(4).last().matches(Post::deleted);
            assertThat(api.world().posts(CHANNEL)).isEqualTo(before);
            assertThat(api.world().personPosts(CHANNEL, "more")).isEqualTo(5);
        }
    }

    @Test
    void a_line_that_was_cut_short_is_passed_over() throws IOException {
        try (var journal = journal()) {
            api(journal).world().personPosts(CHANNEL, "theirs");
        }
        Files.writeString(folder.resolve("messages"), "\n{\"id\":3,\"chatId\":-10", StandardOpenOption.APPEND);

        try (var journal = journal()) {
            assertThat(api(journal).world().personPosts(CHANNEL, "more")).isEqualTo(3);
        }
        try (var journal = journal()) {
            assertThat(api(journal).world().posts(CHANNEL)).extracting(Post::text).containsExactly("", "theirs",
                    "more");
        }
    }

    private MessageJournal journal() {
        return MessageJournal.at(folder.resolve("messages"));
    }

    private static BotApi api(MessageJournal journal) {
        var api = new BotApi(TelegramRules.DEFAULTS.withoutLimits(), new SplittableRandom(1), journal);
        api.advance(NOW);
        api.world().addBot(TOKEN, "a_bot");
        api.world().addWebFile(PHOTO, png());
        api.world().addChannel(-1_009, CHANNEL.substring(1), "Kept");
        api.world().setMembership(CHANNEL, 1, Membership.administrator(new Rights(true, true, true)));
        return api;
    }

    private static byte[] png() {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void ask(BotApi api, String method, Map<String, String> parameters) {
        var all = new HashMap<>(parameters);
        all.put("chat_id", CHANNEL);
        var reply = api.handle(BotRequest.of(TOKEN, method, all), NOW);
        assertThat(reply.status()).as(new String(reply.body())).isEqualTo(200);
    }
}
