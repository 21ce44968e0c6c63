package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.RecordSeal;
import io.campaignlauncher.schemas.RecordSignature;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The signature of all services, with a secret that is made from the key by which they keep access tokens: whoever can decrypt those
 * can spend anyway. What the change feed publishes it has read in the event store, so a worker that finds the signature acts on
 * an event that the store knows.
 */
public final class ServiceSeal implements RecordSeal {

    /** Only services write here. Of the compacted topics each protects itself, and requests come from apps. */
    private static final Set<String> SEALED = Stream
            .of(Topic.JOB_EVENTS, Topic.CREATION_COMMANDS, Topic.CREATION_STOPS, Topic.CREATION_EVENTS,
                    Topic.VERIFICATION_EVENTS, Topic.ROLLBACK_EVENTS, Topic.GRAPH_CALLS,
                    Topic.MARKET_EVENTS, Topic.POSTING_COMMANDS, Topic.POSTING_EVENTS)
            .map(Topic::topicName).collect(Collectors.toSet());

    private final List<byte[]> secrets;
    private final boolean unsignedAllowed;

    /**
     * @param credentialsKey  as {@link CredentialSettings} has it: of several the first signs, and all are recognized
     * @param unsignedAllowed whether events and commands count without it
     */
    public ServiceSeal(String credentialsKey, boolean unsignedAllowed) {
        this.secrets = TokenCipher.keys(credentialsKey).stream().map(RecordSignature::secretOf).toList();
        this.unsignedAllowed = unsignedAllowed;
    }

    @Override
    public void put(ProducerRecord<String, byte[]> record) {
        RecordSignature.sign(record, secrets.getFirst());
    }

    @Override
    public void require(ConsumerRecord<String, byte[]> record) {
        if (unsignedAllowed || !SEALED.contains(record.topic()) || isOn(record)) {
            return;
        }
        throw new UnreadableRecord(RecordSignature.isSigned(record)
                ? "its signature is not that of a service, or it was changed since"
                : "it is not signed by a service", null);
    }

    /** Whether events and commands without it are given up. */
    boolean isRequired() {
        return !unsignedAllowed;
    }

    /** Whether a service wrote the record, and nobody has changed it since. */
    public boolean isOn(ConsumerRecord<String, byte[]> record) {
        return secrets.stream().anyMatch(secret -> RecordSignature.isBy(secret, record));
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return "ServiceSeal[]";
    }
}
