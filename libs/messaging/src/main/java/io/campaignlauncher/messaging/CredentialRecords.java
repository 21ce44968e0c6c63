package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.CredentialStored;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What a record of {@code credentials} says, and how it comes to say that. */
final class CredentialRecords {

    /** A removal has no value, and so no message; who waits for it knows it by this. */
    private static final String REMOVAL_ID = "ce_id";

    private CredentialRecords() {}

    static CredentialStored message(NewCredential credential, byte[] encrypted, Instant now) {
        return CredentialStored.newBuilder().setCredentialId(credential.name().id())
                .setTenant(credential.name().tenant()).setEncryptedToken(ByteBuffer.wrap(encrypted))
                .setOwner(credential.owner()).setStoredBy(credential.storedBy()).setStoredAt(now)
                .setAdAccountIds(credential.adAccountIds().stream().sorted().toList())
                .setCheckedAt(credential.checkedAt()).setTokenExpiresAt(credential.tokenExpiresAt()).build();
    }

    static StoredCredential about(CredentialStored stored, Envelope envelope, boolean readable) {
        return new StoredCredential(new CredentialName(stored.getTenant(), stored.getCredentialId()),
                stored.getOwner(), stored.getStoredBy(),
                Objects.requireNonNullElse(stored.getStoredAt(), envelope.time()), Set.copyOf(stored.getAdAccountIds()),
                stored.getCheckedAt(), stored.getTokenExpiresAt(), readable);
    }

    static ProducerRecord<String, byte[]> removal(CredentialName name, String id, Instant now) {
        return new ProducerRecord<>(Topic.CREDENTIALS.topicName(), null, now.toEpochMilli(), name.key(), null,
                List.of(new RecordHeader(REMOVAL_ID, id.getBytes(StandardCharsets.UTF_8))));
    }

    static Optional<String> removalId(ConsumerRecord<String, byte[]> record) {
        return Optional.ofNullable(record.headers().lastHeader(REMOVAL_ID))
                .map(header -> header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8));
    }
}
