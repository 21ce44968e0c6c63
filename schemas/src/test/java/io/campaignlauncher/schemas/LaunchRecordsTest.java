package io.campaignlauncher.schemas;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchRecordsTest {

    private static final Instant TIME = Instant.parse("2026-03-29T12:00:00.123456789Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String OTHER_TRACE = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";
    private static final JobFailed MESSAGE = new JobFailed("j-1", List.of("no room"), false);
    private static final Envelope ENVELOPE = new Envelope("e-1", "JobFailed", "/job-service", "j-1", TIME, 7L, "c-1",
            "e-0", TRACE, "acme", "ann");

    private final LaunchRecords records = new LaunchRecords();

    @Test
    void a_record_has_the_topic_the_key_the_time_and_the_encoded_message() {
        var record = records.record(Topic.JOB_EVENTS, "j-1", MESSAGE, ENVELOPE);
        assertThat(record.topic()).isEqualTo("job.events");
        assertThat(record.partition()).isNull();
        assertThat(record.key()).isEqualTo("j-1");
        assertThat(record.timestamp()).isEqualTo(TIME.toEpochMilli());
        assertThat(record.value()).isEqualTo(new AvroEncoding().encode(MESSAGE));
        assertThat(records.record(Topic.JOB_EVENTS, "j-1", record.value(), ENVELOPE)).isEqualTo(record);
    }

    @Test
    void what_travels_beside_the_message_is_in_headers() {
        assertThat(headers(records.record(Topic.JOB_EVENTS, "j-1", MESSAGE, ENVELOPE))).isEqualTo(new TreeMap<>(
                Map.ofEntries(entry("ce_specversion", "1.0"), entry("ce_id", "e-1"),
                        entry("ce_type", "JobFailed"), entry("ce_source", "/job-service"),
                        entry("ce_subject", "j-1"),
                        entry("ce_time", "2026-03-29T12:00:00.123456789Z"),
                        entry("ce_sequence", "7"), entry("ce_correlationid", "c-1"),
                        entry("ce_causationid", "e-0"), entry("ce_traceparent", TRACE),
                        entry("ce_tenant", "acme"), entry("ce_owner", "ann"),
                        entry("traceparent", TRACE),
                        entry("content-type", "application/avro"))));
    }

    @Test
    void what_is_not_there_has_no_header() {
        var origin = Envelope.of("e-1", "JobFailed", "/app", "j-1", TIME);
        assertThat(headers(records.record(Topic.JOB_EVENTS, "j-1", MESSAGE, origin))).containsOnlyKeys("ce_specversion",
                "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time", "ce_correlationid", "content-type");
    }

    @Test
    void reads_what_it_wrote() {
        for (var envelope : List.of(ENVELOPE, Envelope.of("e-1", "JobFailed", "/app", "j-1", TIME))) {
            var record = received(records.record(Topic.JOB_EVENTS, "j-1", MESSAGE, envelope));
            assertThat(records.read(record)).isEqualTo(new LaunchRecords.Received(envelope, MESSAGE));
            assertThat(LaunchRecords.typeOf(record)).isEqualTo("JobFailed");
        }
    }

    @Test
    void a_request_is_a_record_of_its_job_and_has_the_same_id_each_time() {
        var request = (CreateCampaign) Samples.full(CreateCampaign.class);
        var record = records.createCampaign(request, "/shop", TIME);
        var jobId = JobIds.of(request).toString();
        assertThat(record.topic()).isEqualTo(Topic.CAMPAIGN_COMMANDS.topicName());
        assertThat(record.key()).isEqualTo(jobId);
        assertThat(records.read(received(record))).isEqualTo(new LaunchRecords.Received(
                Envelope.of(jobId, "CreateCampaign", "/shop", jobId, TIME).ownedBy(request.getTenant(),
                        request.getOwner()),
                request));
        assertThat(headers(records.createCampaign(request, "/shop", TIME.plusSeconds(9)))).containsEntry("ce_id",
                jobId);
    }

    @ParameterizedTest
    @ValueSource(strings = { "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_subject", "ce_time",
        "content-type" })
    void a_record_without_a_header_that_is_needed_is_unreadable(String header) {
        unreadable(with(header, null));
        unreadable(with(header, new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({ "ce_specversion, 0.3", "ce_specversion, 2.0", "ce_type, SlotFilled", "ce_type, JobRolledBack",
        "ce_source, ::", "ce_time, yesterday", "ce_sequence, first", "content-type, application/json",
        "content-type, application/cloudevents+json", "ce_id, ' '", "ce_id, a\u0000b", "ce_correlationid, a\u0001b",
        "ce_tenant, a\u0001b",
        "ce_time, +10000-01-01T00:00:00Z", "content-type, application/avro2", "content-type, ;application/avro" })
    void a_record_with_a_header_that_says_something_else_is_unreadable(String header, String value) {
        unreadable(with(header, value.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = { "application/avro", "Application/Avro", "application/avro;charset=binary",
        "APPLICATION/AVRO ; charset=binary; q=1" })
    void a_content_type_is_compared_as_media_types_are(String type) {
        assertThat(records.read(with("content-type", type.getBytes(StandardCharsets.UTF_8))).message())
                .isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "ce_id", "ce_source", "ce_subject", "ce_correlationid", "ce_causationid",
        "ce_tenant", "ce_owner" })
    void a_record_with_a_header_longer_than_events_may_repeat_is_unreadable(String header) {
        assertThat(records.read(with(header, "x".repeat(500).getBytes(StandardCharsets.UTF_8))).message())
                .isEqualTo(MESSAGE);
        assertThatThrownBy(() -> records.read(with(header, "x".repeat(501).getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessage(header + " has 501 characters, and may have at most 500");
    }

    @ParameterizedTest
    @ValueSource(strings = { "ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "ce_sequence",
        "content-type" })
    void a_reason_quotes_no_header_that_may_hold_a_secret(String header) {
        var secret = "s3cr3t-abcdef 0123456789";
        var failure = catchThrowable(() -> records.read(with(header, secret.getBytes(StandardCharsets.UTF_8))));

        // An id may be anything: then nothing fails.
        assertThat(Stream.iterate(failure, Objects::nonNull, Throwable::getCause).map(Throwable::toString))
                .noneMatch(told -> told.contains("s3cr3t"));
    }

    @Test
    void a_reason_quotes_what_is_plain() {
        assertThatThrownBy(() -> records.read(with("ce_type", "MakeCoffee".getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("MakeCoffee");
        assertThatThrownBy(() -> records.read(with("content-type", "text/plain".getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("text/plain");
    }

    @Test
    void a_record_without_a_value_is_unreadable() {
        var record = records.record(Topic.CREDENTIALS, "c", MESSAGE, ENVELOPE);
        unreadable(received(new ProducerRecord<>(record.topic(), null, record.timestamp(), record.key(), null,
                record.headers())));
        unreadable(received(new ProducerRecord<>("credentials", "c", null)));
        assertThat(LaunchRecords.typeOf(received(new ProducerRecord<>("credentials", "c", null)))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "ce_sequence", "ce_causationid", "ce_traceparent", "traceparent", "ce_correlationid",
        "ce_tenant",
        "ce_owner" })
    void a_record_without_any_other_header_is_readable(String header) {
        assertThat(records.read(with(header, null)).message()).isEqualTo(MESSAGE);
    }

    @Test
    void the_correlation_is_the_subject_where_none_is_given() {
        assertThat(records.read(with("ce_correlationid", null)).envelope().correlationId()).isEqualTo("j-1");
    }

    @Test
    void the_trace_is_the_plain_header_or_else_the_event_s_own() {
        assertThat(records.read(with("traceparent", OTHER_TRACE.getBytes(StandardCharsets.UTF_8))).envelope()
                .traceparent()).isEqualTo(OTHER_TRACE);
        assertThat(records.read(with("traceparent", null)).envelope().traceparent()).isEqualTo(TRACE);
        assertThat(records.read(with("traceparent", "00-1-2".getBytes(StandardCharsets.UTF_8))).envelope()
                .traceparent()).isEqualTo(TRACE);
        assertThat(records.read(with("ce_traceparent", null)).envelope().traceparent()).isEqualTo(TRACE);
        for (var none : List.of("00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", TRACE.toUpperCase(Locale.ROOT))) {
            assertThat(records.read(with("traceparent", none.getBytes(StandardCharsets.UTF_8))).envelope()
                    .traceparent()).as(none).isEqualTo(TRACE);
        }
    }

    @Test
    void headers_of_others_are_passed_over() {
        var record = with("X-Origin", new byte[]{ 0, 1, 2 });
        record.headers().add("ce_partitionkey", "p".getBytes(StandardCharsets.UTF_8)).add("nothing", null);
        assertThat(records.read(record).envelope()).isEqualTo(ENVELOPE);
    }

    @Test
    void damaged_headers_are_read_or_unreadable() {
        var random = new Random(7);
        var unreadable = 0;
        for (int i = 0; i < 3_000; i++) {
            var record = received(records.record(Topic.JOB_EVENTS, "j-1", MESSAGE, ENVELOPE));
            var all = record.headers().toArray();
            var header = all[random.nextInt(all.length)];
            var damaged = header.value().clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            record.headers().remove(header.key()).add(random.nextInt(9) == 0 ? "ce_" + i + "~" : header.key(), damaged);
            var failure = catchThrowable(() -> records.read(record));
            assertThat(failure == null || failure instanceof UnreadableRecord).as("%s", failure).isTrue();
            unreadable += failure == null ? 0 : 1;
        }
        assertThat(unreadable).isBetween(500, 2_500);
    }

    private void unreadable(ConsumerRecord<String, byte[]> record) {
        assertThatThrownBy(() -> records.read(record)).isInstanceOf(UnreadableRecord.class);
    }

    /** A readable record but for one header. */
    private ConsumerRecord<String, byte[]> with(String header, byte @Nullable [] value) {
        var record = received(records.record(Topic.JOB_EVENTS, "j-1", MESSAGE, ENVELOPE));
        record.headers().remove(header);
        if (value != null) {
            record.headers().add(header, value);
        }
        return record;
    }

    private static TreeMap<String, String> headers(ProducerRecord<?, ?> record) {
        var headers = new TreeMap<String, String>();
        record.headers().forEach(header -> assertThat(
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8))).isNull());
        return headers;
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> record) {
        return new ConsumerRecord<>(record.topic(), 0, 0L, record.timestamp() == null ? 0 : record.timestamp(),
                TimestampType.CREATE_TIME, 0, 0, record.key(), record.value(), record.headers(), Optional.empty());
    }
}
