package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A target as the auditor knows it. */
final class AuditedTarget {

    enum Stage {
        DRAFT, SUBMITTED, REJECTED, APPROVED, POSTED, REFUNDED
    }

    enum Try {
        RUNNING, UNKNOWN, POSTED, NOT_MADE
    }

    final UUID id;
    final AuditedCampaign campaign;
    Place place;
    long price;
    @Nullable
    String publisher;
    Stage stage = Stage.DRAFT;
    int version = 1;
    int rejectedVersion;
    Instant judgedBefore = Instant.MAX;
    long commission;
    boolean paid;
    Instant postedBefore = Instant.MAX;
    final Map<Integer, Try> tries = new TreeMap<>();
    @Nullable
    Message message;
    final List<Message> surplus = new ArrayList<>();
    boolean looked;
    boolean missing;
    boolean suspected;
    @Nullable
    Boolean decided;

    AuditedTarget(UUID id, AuditedCampaign campaign, Place place, long price, @Nullable String publisher) {
        this.id = id;
        this.campaign = campaign;
        this.place = place;
        this.price = price;
        this.publisher = publisher;
    }

    boolean isLive() {
        return stage == Stage.SUBMITTED || stage == Stage.APPROVED;
    }

    boolean hasPostJob() {
        return stage == Stage.APPROVED || stage == Stage.POSTED || stage == Stage.REFUNDED;
    }

    boolean isOpen() {
        return tries.values().stream().anyMatch(each -> each == Try.RUNNING || each == Try.UNKNOWN);
    }

    boolean isUnknown() {
        return tries.containsValue(Try.UNKNOWN);
    }

    void close(int number) {
        tries.computeIfPresent(number, (_, is) -> is == Try.RUNNING || is == Try.UNKNOWN ? Try.NOT_MADE : is);
    }

    void closeAll() {
        List.copyOf(tries.keySet()).forEach(this::close);
    }

    boolean isAt(Message other) {
        return message != null && same(message, other);
    }

    static boolean same(Message one, Message other) {
        return one.chatId() == other.chatId() && one.messageId() == other.messageId();
    }
}
