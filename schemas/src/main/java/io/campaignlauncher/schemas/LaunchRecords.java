package io.campaignlauncher.schemas;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into Kafka records and back: CloudEvents in binary mode, {@code content-type: application/avro}, the value
 * in Avro single-object encoding.
 *
 * <p>Safe for use by several threads.
 */
public final class LaunchRecords {

    private static final String CONTENT_TYPE = "application/avro";
    private static final String SEQUENCE = "sequence";
    private static final String CORRELATION_ID = "correlationid";
    private static final String CAUSATION_ID = "causationid";
    private static final String TRACEPARENT = "traceparent";
    private static final String TYPE_HEADER = "ce_type";

    private final AvroEncoding encoding = new AvroEncoding();

    /** A message as it was received, with what travelled beside it. */
    public record Received(Envelope envelope, SpecificRecord message) {}

    /** The request as a record of {@code campaign.commands}: the short way for upstream apps. */
    public ProducerRecord<String, byte[]> createCampaign(CreateCampaign request, String source, Instant now) {
        var jobId = JobIds.of(request.getUserId(), request.getIdempotencyKey()).toString();
        return record(Topic.CAMPAIGN_COMMANDS, jobId, request,
                Envelope.of(jobId, CreateCampaign.getClassSchema().getName(), source, jobId, now));
    }

    /** @param key what {@link Topic#key()} says */
    public ProducerRecord<String, byte[]> record(Topic topic, String key, SpecificRecord message, Envelope envelope) {
        return record(topic, key, encoding.encode(message), envelope);
    }

    /** The same for a message that is encoded already. */
    public ProducerRecord<String, byte[]> record(Topic topic, String key, byte[] encoded, Envelope envelope) {
        return KafkaMessageFactory.<String>createWriter(topic.topicName(), null, envelope.time().toEpochMilli(), key)
                .writeBinary(cloudEvent(envelope, encoded));
    }

    /** The name of the message in a record without reading it; null where the header is missing. */
    public static @Nullable String typeOf(ConsumerRecord<?, ?> record) {
        var header = record.headers().lastHeader(TYPE_HEADER);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** @throws UnreadableRecord when headers or bytes are not what the contract says */
    public Received read(ConsumerRecord<String, byte[]> record) {
        CloudEvent event;
        try {
            event = KafkaMessageFactory.createReader(new RecordHeaders(record.headers()), record.value()).toEvent();
        } catch (CloudEventRWException | IllegalArgumentException | IllegalStateException | NullPointerException e) {
            throw new UnreadableRecord("not a CloudEvent in binary mode: " + e.getMessage(), e);
        }
        if (!CONTENT_TYPE.equals(event.getDataContentType())) {
            throw new UnreadableRecord("content-type is " + event.getDataContentType() + " instead of " + CONTENT_TYPE,
                    null);
        }
        return new Received(envelope(event), encoding.decode(event.getType(), record.value()));
    }

    public AvroEncoding encoding() {
        return encoding;
    }

    private static CloudEvent cloudEvent(Envelope envelope, byte[] encoded) {
        var builder = CloudEventBuilder.v1()
                .withId(envelope.id())
                .withType(envelope.type())
                .withSource(URI.create(envelope.source()))
                .withSubject(envelope.subject())
                .withTime(OffsetDateTime.ofInstant(envelope.time(), ZoneOffset.UTC))
                .withDataContentType(CONTENT_TYPE)
                .withData(BytesCloudEventData.wrap(encoded))
                .withExtension(CORRELATION_ID, envelope.correlationId());
        if (envelope.sequence() != null) {
            builder.withExtension(SEQUENCE, Long.toString(envelope.sequence()));
        }
        if (envelope.causationId() != null) {
            builder.withExtension(CAUSATION_ID, envelope.causationId());
        }
        if (envelope.traceparent() != null) {
            builder.withExtension(TRACEPARENT, envelope.traceparent());
        }
        return builder.build();
    }

    private static Envelope envelope(CloudEvent event) {
        var subject = event.getSubject() == null ? "" : event.getSubject();
        var time = event.getTime() == null ? Instant.EPOCH : event.getTime().toInstant();
        var correlationId = text(event, CORRELATION_ID);
        return new Envelope(event.getId(), event.getType(), event.getSource().toString(), subject, time,
                sequence(event),
                correlationId == null ? subject : correlationId, text(event, CAUSATION_ID), text(event, TRACEPARENT));
    }

    private static @Nullable String text(CloudEvent event, String extension) {
        var value = event.getExtension(extension);
        return value == null ? null : value.toString();
    }

    private static @Nullable Long sequence(CloudEvent event) {
        var text = text(event, SEQUENCE);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new UnreadableRecord("ce_sequence is no number: " + text, e);
        }
    }
}
