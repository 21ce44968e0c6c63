package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.CredentialStored;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens on the topic: the latest of each name, none where it was removed or cannot be decrypted. One
 * that cannot be was damaged; where that is so of all of them, the key is another.
 */
final class CredentialTokens implements CompactedTopic.Contents {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialTokens.class);

    private final LaunchRecords records;
    private final TokenCipher cipher;
    private final Map<String, Opened> byKey = new ConcurrentHashMap<>();
    private final Map<String, StoredCredential> sealed = new ConcurrentHashMap<>();
    private final Consumer<CredentialTokens> afterPoll;
    private final List<String> taken = new ArrayList<>();
    private boolean warned;

    private record Opened(String token, StoredCredential about) {}

    /** @param afterPoll called after each poll, once all that was there is taken */
    CredentialTokens(LaunchRecords records, TokenCipher cipher, Consumer<CredentialTokens> afterPoll) {
        this.records = records;
        this.cipher = cipher;
        this.afterPoll = afterPoll;
    }

    /** Of a name that shares its key with another there is none: a tenant must not come upon another's. */
    Optional<String> of(CredentialName name) {
        return opened(name).map(Opened::token);
    }

    /** The same for an ad account. */
    Optional<String> of(CredentialName name, String adAccountId) {
        return opened(name).filter(one -> one.about().isFor(adAccountId)).map(Opened::token);
    }

    private Optional<Opened> opened(CredentialName name) {
        return name.isPlain() ? Optional.ofNullable(byKey.get(name.key())) : Optional.empty();
    }

    /** What is stored, whether it can be opened or not. */
    Optional<StoredCredential> about(CredentialName name) {
        return opened(name).map(Opened::about)
                .or(() -> name.isPlain() ? Optional.ofNullable(sealed.get(name.key())) : Optional.empty());
    }

    /** The same of all, in no order. */
    Stream<StoredCredential> all() {
        return Stream.concat(byKey.values().stream().map(Opened::about), sealed.values().stream());
    }

    /** How many are stored that the key does not open, where it opens none; else 0. */
    int sealedByAnotherKey() {
        return byKey.isEmpty() ? sealed.size() : 0;
    }

    @Override
    public void upToDate() {
        afterPoll.accept(this);
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            pass(record, "it has no key");
            return;
        }
        if (record.value() == null) {
            byKey.remove(record.key());
            sealed.remove(record.key());
            CredentialRecords.removalId(record).ifPresent(taken::add);
            return;
        }
        try {
            var received = records.read(record);
            if (received.message() instanceof CredentialStored stored && isOf(record.key(), stored)) {
                take(record, received.envelope(), stored);
            } else {
                pass(record, "it is no credential of its key");
            }
        } catch (RuntimeException e) {
            pass(record, "it is not readable");
        }
    }

    private void take(ConsumerRecord<String, byte[]> record, Envelope envelope, CredentialStored stored) {
        var encrypted = new byte[stored.getEncryptedToken().remaining()];
        stored.getEncryptedToken().duplicate().get(encrypted);
        try {
            var token = cipher.decrypt(record.key(), encrypted);
            byKey.put(record.key(), new Opened(token, CredentialRecords.about(stored, envelope, true)));
            sealed.remove(record.key());
            taken.add(envelope.id());
        } catch (GeneralSecurityException e) {
            sealed.put(record.key(), CredentialRecords.about(stored, envelope, false));
            byKey.remove(record.key());
            pass(record, "it was encrypted with another key or changed since");
        }
    }

    private static boolean isOf(String key, CredentialStored stored) {
        var name = new CredentialName(stored.getTenant(), stored.getCredentialId());
        return name.isPlain() && name.key().equals(key);
    }

    @Override
    public void drainTaken(Consumer<String> consumer) {
        taken.forEach(consumer);
        taken.clear();
    }

    /** Says so once and not for each record: with a wrong key it would be all of them. */
    private void pass(ConsumerRecord<String, byte[]> record, String why) {
        if (warned) {
            LOG.debug("the credential at offset {} counts as absent: {}", record.offset(), why);
        } else {
            warned = true;
            LOG.warn("the credential at offset {} counts as absent, as others may: {}", record.offset(), why);
        }
    }
}
