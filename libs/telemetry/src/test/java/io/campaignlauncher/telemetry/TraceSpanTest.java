package io.campaignlauncher.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class TraceSpanTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_ID = "b7ad6b7169203331";
    private static final String RECORDED = "00-" + TRACE_ID + "-" + SPAN_ID + "-01";

    @Test
    void goes_on_in_the_trace_of_its_cause_with_an_id_of_its_own() {
        var span = TraceSpan.begin("step", SpanKind.CONSUMER, RECORDED);

        assertThat(span.traceId()).isEqualTo(TRACE_ID);
        assertThat(span.traceparent()).matches("00-" + TRACE_ID + "-[0-9a-f]{16}-01").doesNotContain(SPAN_ID);
        assertThat(span.next("next", SpanKind.CLIENT).traceparent()).startsWith("00-" + TRACE_ID)
                .isNotEqualTo(span.traceparent());
    }

    @Test
    void leaves_it_to_the_cause_whether_the_trace_is_recorded() {
        assertThat(TraceSpan.begin("step", SpanKind.CONSUMER, RECORDED.replace("-01", "-00")).traceparent())
                .endsWith("-00");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "EAAtoken0123456789", "00-1-2-3",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01" })
    void begins_a_trace_where_there_is_none(String traceparent) {
        var span = TraceSpan.begin("step", SpanKind.CONSUMER, traceparent);

        assertThat(span.traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]").doesNotContain("0".repeat(16));
        assertThat(span.traceId()).isNotEqualTo(TraceSpan.begin("other", SpanKind.CONSUMER, traceparent).traceId());
    }

    @Test
    void work_that_nobody_follows_stays_so() {
        assertThat(TraceSpan.NONE.traceparent()).isNull();
        assertThat(TraceSpan.NONE.next("next", SpanKind.CLIENT).traceparent()).isNull();
        assertThat(Mono.deferContextual(context -> Mono.just(TraceSpan.of(context))).block()).isSameAs(TraceSpan.NONE);
    }

    @Test
    void is_found_by_whatever_its_work_calls_on_any_thread() {
        var span = TraceSpan.begin("step", SpanKind.CONSUMER, null);
        var inner = Mono.deferContextual(context -> Mono.just(TraceSpan.of(context)));

        var found = span.around(Mono.just(1).publishOn(Schedulers.parallel()).flatMap(_ -> inner)).block();

        assertThat(found).isSameAs(span);
    }

    @Test
    void gives_a_log_line_its_fields() {
        var fields = fieldsOf(TraceSpan.begin("step", SpanKind.CONSUMER, RECORDED).about("job-1", "correlation-1"));

        assertThat(fields).containsEntry("trace.id", TRACE_ID).containsEntry("labels.job_id", "job-1")
                .containsEntry("labels.correlation_id", "correlation-1").containsKey("span.id");
    }

    @ParameterizedTest
    @ValueSource(strings = { "somebody@example.com", "EAAtoken0123456789", "two words" })
    void shows_no_correlation_id_that_may_be_more_than_an_id(String correlationId) {
        assertThat(fieldsOf(TraceSpan.begin("step", SpanKind.CONSUMER, null).about("job-1", correlationId)))
                .containsEntry("labels.job_id", "job-1").doesNotContainKey("labels.correlation_id");
    }

    private static Map<String, Object> fieldsOf(TraceSpan span) {
        var logger = (Logger) LoggerFactory.getLogger(TraceSpanTest.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        try {
            span.on(logger.atInfo()).log("a line");
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list.getFirst().getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value));
    }

    @Test
    void gives_a_thread_its_fields_and_takes_them_away_again() {
        try (var _ = LogScope.ofJob("outer")) {
            try (var _ = TraceSpan.begin("step", SpanKind.INTERNAL, RECORDED).about("inner", "inner").inLog()) {
                assertThat(MDC.getCopyOfContextMap()).containsEntry("labels.job_id", "inner")
                        .containsEntry("trace.id", TRACE_ID);
            }
            assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("labels.job_id")
                    .containsEntry("labels.job_id", "outer");
        }
        assertThat(MDC.get("labels.job_id")).isNull();
    }
}
