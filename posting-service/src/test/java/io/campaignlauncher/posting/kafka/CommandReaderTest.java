package io.campaignlauncher.posting.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.posting.model.PostingCommand;
import io.campaignlauncher.schemas.PublishPost;
import io.campaignlauncher.schemas.ResolvePost;
import io.campaignlauncher.schemas.TelegramPost;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What messages say, in the words of the model. */
class CommandReaderTest {

    private static final UUID JOB = UUID.randomUUID();
    private static final UUID TARGET = UUID.randomUUID();
    private static final Instant SENT_AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2026-01-02T00:00:00Z");

    private final CommandReader reader = new CommandReader("go.example.com");

    private static PublishPost message(Consumer<TelegramPost.Builder> post, Consumer<PublishPost.Builder> around) {
        var content = TelegramPost.newBuilder().setText("Buy a lamp");
        post.accept(content);
        var message = PublishPost.newBuilder().setPostJobId(JOB.toString()).setTargetId(TARGET.toString())
                .setChatId(-1_001_000_000_001L).setPost(content.build()).setNotAfter(LATEST).setTenant("acme")
                .setOwner("ann");
        around.accept(message);
        return message.build();
    }

    private PostingCommand.PublishPost read(Consumer<TelegramPost.Builder> post) {
        return reader.publish(message(post, _ -> {}), SENT_AT);
    }

    @Test
    void takes_over_what_is_to_be_published_where_and_when() {
        var postAt = Instant.parse("2026-01-01T12:00:00Z");

        var command = read(post -> post.setPhoto("https://shop.example/lamp.png").setPostAt(postAt));

        assertThat(command.jobId()).isEqualTo(JOB);
        assertThat(command.targetId()).isEqualTo(TARGET);
        assertThat(command.markerUrl()).isEqualTo("https://go.example.com/t/" + JOB);
        assertThat(command.content().photo()).isEqualTo("https://shop.example/lamp.png");
        assertThat(command.notBefore()).isEqualTo(postAt);
        assertThat(command.notAfter()).isEqualTo(LATEST);
        assertThat(command.tenant()).isEqualTo("acme");
        assertThat(command.ownerId()).isEqualTo("ann");
        assertThat(command.sentAt()).isEqualTo(SENT_AT);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = { "https://shop.example/lamps?id=1, shop.example",
        "https://shop.example/lamp shade, Open the link", "https://_/, Open the link", "null, Sponsored" })
    void calls_the_link_by_the_host_that_it_leads_to(String link, String label) {
        assertThat(read(post -> post.setLink(link)).content().linkLabel()).isEqualTo(label);
    }

    @Test
    void does_not_call_a_link_by_half_a_host() {
        assertThat(read(post -> post.setLink("https://" + "a".repeat(60) + ".example/")).content().linkLabel())
                .isEqualTo("Open the link");
    }

    @Test
    void names_the_field_that_breaks_a_rule() {
        refused("postJobId", around -> around.setPostJobId("1-1-1-1-1"));
        refused("targetId", around -> around.setTargetId("x"));
        refused("chatId", around -> around.setChatId(5));
        refused("notAfter", around -> around.setNotAfter(null));
        refused("tenant", around -> around.setTenant("a\nb"));
        refused("owner", around -> around.setOwner("o".repeat(501)));
        assertThatThrownBy(() -> read(post -> post.setText(" "))).hasMessageContaining("text");
        assertThatThrownBy(() -> read(post -> post.setText("x".repeat(4096)))).hasMessageContaining("text");
        assertThatThrownBy(() -> read(post -> post.setPhoto("AgACAgQAAx0"))).hasMessageContaining("photo");
    }

    private void refused(String field, Consumer<PublishPost.Builder> around) {
        assertThatThrownBy(() -> reader.publish(message(_ -> {}, around), SENT_AT))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(field);
    }

    @Test
    void takes_over_what_a_person_has_decided() {
        var there = ResolvePost.newBuilder().setPostJobId(JOB.toString()).setMessageId(17L).setBy("mia").build();

        assertThat(reader.resolve(there)).isEqualTo(new PostingCommand.ResolvePost(JOB, 17, "mia"));
        assertThat(reader.resolve(ResolvePost.newBuilder(there).setMessageId(null).build()))
                .isEqualTo(new PostingCommand.ResolvePost(JOB, null, "mia"));
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, -1, 1L << 31, (1L << 32) + 17 })
    void takes_no_number_for_another_one(long messageId) {
        assertThatThrownBy(() -> reader.resolve(ResolvePost.newBuilder().setPostJobId(JOB.toString())
                .setMessageId(messageId).setBy("mia").build())).hasMessageContaining("messageId");
    }
}
