package io.campaignlauncher.schemas;

import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
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
    private static final String TENANT = "tenant";
    private static final String OWNER = "owner";
    /** Of each text that events and reports repeat: so that what they repeat has a bound. */
    static final int HEADER_CHARACTERS_MAX = 500;
    private static final String TYPE_HEADER = "ce_type";
    private static final String TIME_HEADER = "ce_time";
    /** <a href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C trace context</a>, version 00. */
    private static final Pattern TRACE = Pattern
            .compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    private final AvroEncoding encoding;
    private final RecordSeal seal;

    public LaunchRecords() {
        this(RecordSeal.NONE);
    }

    /** @param seal on everything that is made here, and asked of everything that is read */
    public LaunchRecords(RecordSeal seal) {
        this(seal, () -> FeatureLevel.WRITTEN);
    }

    /** @param level asked at each message that is written: see {@link AvroEncoding#AvroEncoding(IntSupplier)} */
    public LaunchRecords(RecordSeal seal, IntSupplier level) {
        this.seal = seal;
        this.encoding = new AvroEncoding(level);
    }

    /** A message as it was received, with what travelled beside it. */
    public record Received(Envelope envelope, SpecificRecord message) {

        /** The same at another place of its trace. */
        public Received within(@Nullable String traceparent) {
            return new Received(envelope.within(traceparent), message);
        }
    }

    /** The request as a record of {@code campaign.commands}: the short way for upstream apps. */
    public ProducerRecord<String, byte[]> createCampaign(CreateCampaign request, String source, Instant now) {
        return createCampaign(request, source, now, null);
    }

    /** @param traceparent W3C trace context, for whoever traces the request; null: the job begins a trace of its own */
    public ProducerRecord<String, byte[]> createCampaign(CreateCampaign request, String source, Instant now,
            @Nullable String traceparent) {
        var jobId = JobIds.of(request).toString();
        return record(Topic.CAMPAIGN_COMMANDS, jobId, request,
                Envelope.of(jobId, CreateCampaign.getClassSchema().getName(), source, jobId, now).within(traceparent)
                        .ownedBy(request.getTenant(), request.getOwner()));
    }

    /** @param key what {@link Topic#key()} says */
    public ProducerRecord<String, byte[]> record(Topic topic, String key, SpecificRecord message, Envelope envelope) {
        return record(topic, key, encoding.encode(message), envelope);
    }

    /** The same for a message that is encoded already. */
    public ProducerRecord<String, byte[]> record(Topic topic, String key, byte[] encoded, Envelope envelope) {
        var record = KafkaMessageFactory
                .<String>createWriter(topic.topicName(), null, envelope.time().toEpochMilli(), key)
                .writeBinary(cloudEvent(envelope, encoded));
        if (envelope.traceparent() != null) {
            // Beside ce_traceparent, for tools that look for the header of W3C trace context.
            record.headers().add(TRACEPARENT, envelope.traceparent().getBytes(StandardCharsets.UTF_8));
        }
        seal.put(record);
        return record;
    }

    /** The name of the message in a record without reading it; null where the header is missing. */
    public static @Nullable String typeOf(ConsumerRecord<?, ?> record) {
        return header(record.headers(), TYPE_HEADER);
    }

    /** The time of the event in a record, without reading the rest. @throws UnreadableRecord where it says none */
    public static Instant timeOf(ConsumerRecord<?, ?> record) {
        var text = header(record.headers(), TIME_HEADER);
        try {
            return Times.bounded(OffsetDateTime.parse(needed(text, TIME_HEADER)).toInstant());
        } catch (DateTimeException e) {
            throw new UnreadableRecord(TIME_HEADER + " is no time but " + Quoted.of(text), null);
        }
    }

    /** @throws UnreadableRecord when headers or bytes are not what the contract says; nothing else */
    public Received read(ConsumerRecord<String, byte[]> record) {
        return read(record, Function.identity());
    }

    private Received received(ConsumerRecord<String, byte[]> record) {
        seal.require(record);
        CloudEvent event;
        try {
            event = KafkaMessageFactory.createReader(record.headers(), record.value()).toEvent();
        } catch (RuntimeException e) {
            throw new UnreadableRecord("not a CloudEvent in binary mode: " + Quoted.told(e), null);
        }
        if (event.getSpecVersion() != SpecVersion.V1) {
            throw new UnreadableRecord("ce_specversion is " + event.getSpecVersion() + " instead of 1.0", null);
        }
        if (!isContentType(event.getDataContentType())) {
            throw new UnreadableRecord(
                    "content-type is " + Quoted.of(event.getDataContentType()) + " instead of " + CONTENT_TYPE, null);
        }
        var envelope = envelope(event, header(record.headers(), TRACEPARENT));
        return new Received(envelope, encoding.decode(envelope.type(), record.value()));
    }

    /**
     * Reads a record and makes of it what the caller needs. This is where what strangers wrote becomes something of ours, so
     * whatever goes wrong on the way is the record's fault.
     *
     * @param meaning a pure function of the record
     * @throws UnreadableRecord and nothing else
     */
    public <T> T read(ConsumerRecord<String, byte[]> record, Function<Received, T> meaning) {
        try {
            return meaning.apply(received(record));
        } catch (UnreadableRecord e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // The message could quote the record, and with it a secret.
            throw new UnreadableRecord("no sense can be made of it: " + e.getClass().getSimpleName(), e);
        }
    }

    public AvroEncoding encoding() {
        return encoding;
    }

    /** As media types are compared: whatever the letters' case, and whatever parameters follow. */
    private static boolean isContentType(@Nullable String given) {
        return given != null && CONTENT_TYPE.equalsIgnoreCase(given.split(";", 2)[0].strip());
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
        put(builder, CAUSATION_ID, envelope.causationId());
        put(builder, TRACEPARENT, envelope.traceparent());
        put(builder, TENANT, envelope.tenant());
        put(builder, OWNER, envelope.owner());
        return builder.build();
    }

    private static void put(CloudEventBuilder builder, String extension, @Nullable String value) {
        if (value != null) {
            builder.withExtension(extension, value);
        }
    }

    /** @param header the plain {@code traceparent} header: nearer than the event's own, where a tracer has put one in */
    private static Envelope envelope(CloudEvent event, @Nullable String header) {
        var subject = needed(event.getSubject(), "ce_subject");
        var time = event.getTime();
        if (time == null) {
            throw new UnreadableRecord("no " + TIME_HEADER, null);
        }
        var correlationId = id(event, CORRELATION_ID);
        return new Envelope(needed(event.getId(), "ce_id"), needed(event.getType(), TYPE_HEADER),
                needed(event.getSource().toString(), "ce_source"), subject, Times.bounded(time.toInstant()),
                sequence(event),
                correlationId == null ? subject : correlationId, id(event, CAUSATION_ID),
                isTrace(header) ? header : trace(text(event, TRACEPARENT)), id(event, TENANT), id(event, OWNER));
    }

    private static String needed(@Nullable String value, String header) {
        if (value == null || value.isBlank()) {
            throw new UnreadableRecord("no " + header, null);
        }
        return plain(value, header);
    }

    /** No database holds a zero character, and no id of anybody has one. */
    private static String plain(String value, String header) {
        if (value.length() > HEADER_CHARACTERS_MAX) {
            throw new UnreadableRecord(header + " has " + value.length() + " characters, and may have at most "
                    + HEADER_CHARACTERS_MAX, null);
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new UnreadableRecord(header + " holds control characters", null);
        }
        return value;
    }

    /** What is no trace context is left out: a message is not lost for the sake of its trace. */
    private static @Nullable String trace(@Nullable String value) {
        return isTrace(value) ? value : null;
    }

    private static boolean isTrace(@Nullable String value) {
        return value != null && TRACE.matcher(value).matches();
    }

    private static @Nullable String header(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static @Nullable String id(CloudEvent event, String extension) {
        var value = text(event, extension);
        return value == null ? null : plain(value, "ce_" + extension);
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
            throw new UnreadableRecord("ce_sequence is no number but " + Quoted.of(text), null);
        }
    }
}
