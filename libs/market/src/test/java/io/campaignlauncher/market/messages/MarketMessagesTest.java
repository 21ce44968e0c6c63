package io.campaignlauncher.market.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.market.model.CampaignEvent;
import io.campaignlauncher.market.model.Cause;
import io.campaignlauncher.market.model.ChannelEvent;
import io.campaignlauncher.market.model.CorrectionEvent;
import io.campaignlauncher.market.model.LedgerEvent;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Money;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.market.model.WalletKind;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.JobCompleted;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That nothing of an event is lost on its way into the store and out of it. */
class MarketMessagesTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Two of each kind: one with everything that may be there, one without. */
    static Stream<MarketEvent> events() {
        return Stream.of(CampaignEvent.class, TargetEvent.class, ChannelEvent.class, CorrectionEvent.class,
                LedgerEvent.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .flatMap(type -> Stream.of(made(type, true), made(type, false)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_is_the_same_after_it_was_stored(MarketEvent event) {
        var message = MarketMessages.message(event);
        assertThat(message.getSchema().getName()).isEqualTo(event.getClass().getSimpleName());

        var encoding = new AvroEncoding();
        assertThat(MarketMessages.event(encoding.decode(message.getSchema().getName(), encoding.encode(message))))
                .isEqualTo(event);
    }

    @Test
    void what_is_no_event_of_the_marketplace_is_refused() {
        assertThatThrownBy(() -> MarketMessages.event(new JobCompleted()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("JobCompleted");
    }

    private static MarketEvent made(Class<?> type, boolean full) {
        try {
            var components = type.getRecordComponents();
            var constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            return (MarketEvent) constructor
                    .newInstance(Arrays.stream(components).map(one -> value(one, full)).toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object value(RecordComponent component, boolean full) {
        var count = COUNT.incrementAndGet();
        if (!full && Arrays.stream(component.getAnnotatedType().getAnnotations())
                .anyMatch(one -> one.annotationType().getSimpleName().equals("Nullable"))) {
            return null;
        }
        return switch (component.getType().getSimpleName()) {
            case "UUID" -> new UUID(7, count);
            case "String" -> "text " + count;
            case "int" -> count;
            case "long", "Long" -> -1_000_000_000_000L - count;
            case "boolean" -> full;
            case "Instant" -> Instant.ofEpochSecond(count, 123_456_789);
            case "Money" -> money(count);
            case "Cause" -> new Cause("user " + count, Role.MODERATOR, "tenant", "correlation " + count);
            case "Message" -> new Message(-1_000_000_000_000L - count, count, "link " + count);
            case "Place" -> full
                    ? new Place.TelegramPost(new UUID(8, count), "text", "link", "photo", Instant.ofEpochMilli(count))
                    : new Place.FacebookLaunch("act_1", "{}", null);
            case "WalletKind" -> WalletKind.ESCROW;
            case "MoveKind" -> LedgerEvent.MoveKind.ESCROW_RELEASE;
            case "List" -> component.getName().equals("legs")
                    ? List.of(new LedgerEvent.Leg(new UUID(9, count), money(count), LedgerEvent.EntryType.COMMISSION),
                            new LedgerEvent.Leg(new UUID(9, -count), money(count).negated(),
                                    LedgerEvent.EntryType.ESCROW_HOLD))
                    : full ? List.of("one", "two") : List.of();
            default -> throw new AssertionError("no example of " + component);
        };
    }

    private static Money money(int count) {
        return new Money(new BigDecimal(count + ".25"));
    }
}
