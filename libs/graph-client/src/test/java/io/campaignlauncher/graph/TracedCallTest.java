package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.Answering.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.campaignlauncher.graph.GraphServer.Reply;
import io.campaignlauncher.telemetry.TraceSpan;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Requests tell Facebook's support, and whoever stands between, to which trace they belong. */
class TracedCallTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    private final GraphServer server = new GraphServer().replies(Reply.json(200, "{\"id\":\"1\"}"));
    private final TraceSpan span = TraceSpan.begin("work", SpanKind.CONSUMER, "00-" + TRACE_ID + "-b7ad6b7169203331-01")
            .about("job-1", "c-1");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_request_is_a_step_of_its_own_in_the_trace_of_the_work() {
        try (var graph = HttpGraph.over(server.settings(), null)) {
            span.around(graph.get(TOKEN, "act_1", Map.of()).then(graph.post(TOKEN, "act_1/ads", Map.of("a", "b")))
                    .then(graph.batch(TOKEN, List.of(GraphOperation.delete("2")))))
                    .block();
        }

        assertThat(server.seen).hasSize(3).extracting(seen -> seen.headers().get("traceparent"))
                .doesNotHaveDuplicates().doesNotContain(span.traceparent())
                .allMatch(traceparent -> traceparent.matches("00-" + TRACE_ID + "-[0-9a-f]{16}-01"));
    }

    @Test
    void work_that_nobody_traces_sends_no_trace_context() {
        try (var graph = HttpGraph.over(server.settings(), null)) {
            graph.get(TOKEN, "act_1", Map.of()).block();
        }

        assertThat(server.seen).singleElement()
                .satisfies(seen -> assertThat(seen.headers()).doesNotContainKey("traceparent"));
    }

    @Test
    void sends_none_where_it_is_switched_off() {
        var settings = new GraphSettings(server.uri(), "v24.0", Duration.ofSeconds(10), Duration.ofSeconds(3), 16, 100,
                false);
        try (var graph = HttpGraph.over(settings, null)) {
            span.around(graph.get(TOKEN, "act_1", Map.of())).block();
        }

        assertThat(server.seen).singleElement()
                .satisfies(seen -> assertThat(seen.headers()).doesNotContainKey("traceparent"));
    }

    @Test
    void the_line_about_a_failure_names_job_and_trace_and_repeats_nothing_of_what_facebook_says() {
        var logger = (Logger) LoggerFactory.getLogger(CallObservation.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
        server.replies(Reply.json(400, """
                {"error":{"message":"anna@example.com may not use Summer sale","code":200,"error_subcode":7,
                 "fbtrace_id":"AbC"}}"""));
        try (var graph = HttpGraph.over(server.settings(), null)) {
            span.around(graph.get(TOKEN, "act_1", Map.of())).block();
        } finally {
            logger.setLevel(null);
            logger.detachAppender(lines);
        }

        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("GET v24.0/act_1", "PERMANENT", "200", "7", "AbC")
                    .doesNotContain("anna@example.com", "Summer sale");
            assertThat(line.getKeyValuePairs().toString()).contains("job-1", TRACE_ID);
        });
    }
}
