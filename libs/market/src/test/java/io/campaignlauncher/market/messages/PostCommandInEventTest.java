package io.campaignlauncher.market.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.Cause;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.schemas.PublishPost;
import io.campaignlauncher.schemas.ResolvePost;
import java.time.Instant;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the posting service is told to do because of an event. */
class PostCommandInEventTest {

    private static final UUID TARGET = new UUID(1, 1);
    private static final UUID CAMPAIGN = new UUID(1, 2);
    private static final UUID JOB = new UUID(1, 3);
    private static final Cause BY = new Cause("mia", Role.ADMIN, "acme", "c-1");
    private static final Instant DEADLINE = Instant.parse("2026-01-02T00:00:00Z");

    @Test
    void a_start_on_telegram_is_a_post_to_be_made() {
        var place = new Place.TelegramPost(new UUID(1, 4), "Buy a lamp", "https://shop.example", null, null);

        assertThat(PostCommandInEvent.of(message(started(place, -1_001L)))).hasValueSatisfying(
                command -> assertThat(command).isInstanceOfSatisfying(PublishPost.class, publish -> {
                    assertThat(publish.getPostJobId()).isEqualTo(JOB.toString());
                    assertThat(publish.getTargetId()).isEqualTo(TARGET.toString());
                    assertThat(publish.getChatId()).isEqualTo(-1_001L);
                    assertThat(publish.getPost().getText()).isEqualTo("Buy a lamp");
                    assertThat(publish.getNotAfter()).isEqualTo(DEADLINE);
                    assertThat(publish.getTenant()).isEqualTo("acme");
                }));
    }

    @Test
    void a_start_on_facebook_is_nothing_for_the_posting_service() {
        assertThat(PostCommandInEvent.of(message(started(new Place.FacebookLaunch("act_1", "{}", null), null))))
                .isEmpty();
    }

    @Test
    void what_a_person_has_decided_is_told_with_the_message_that_counts() {
        assertThat(PostCommandInEvent.of(message(decided(true, new Message(-1_001L, 7, "x"))))).hasValue(
                new ResolvePost(JOB.toString(), TARGET.toString(), 7L, "mia"));
        assertThat(PostCommandInEvent.of(message(decided(false, new Message(-1_001L, 7, "x"))))).hasValue(
                new ResolvePost(JOB.toString(), TARGET.toString(), null, "mia"));
    }

    @Test
    void every_event_that_holds_a_command_is_named_and_no_other_holds_one() {
        assertThat(PostCommandInEvent.HOLDERS).containsExactlyInAnyOrder("PostingStarted", "UnknownPostDecided");
        MarketMessagesTest.events().map(MarketMessages::message)
                .filter(message -> !PostCommandInEvent.HOLDERS.contains(message.getSchema().getName()))
                .forEach(message -> assertThat(PostCommandInEvent.of(message)).isEmpty());
    }

    private static SpecificRecord message(MarketEvent event) {
        return MarketMessages.message(event);
    }

    private static TargetEvent started(Place place, @Nullable Long chatId) {
        return new TargetEvent.PostingStarted(TARGET, CAMPAIGN, BY, JOB, 1, place, chatId, DEADLINE,
                place.isLaunch() ? "ann" : null);
    }

    private static TargetEvent decided(boolean posted, Message message) {
        return new TargetEvent.UnknownPostDecided(TARGET, CAMPAIGN, BY, JOB, posted, message, "seen", false);
    }
}
