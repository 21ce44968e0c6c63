package io.campaignlauncher.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class EcsLogsTest {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @SpringBootConfiguration
    static class Nothing {}

    /** It is set up once in a process; here each test is a process of its own. */
    @BeforeEach
    @AfterEach
    void forgetHowToLog() {
        LoggingSystem.get(getClass().getClassLoader()).cleanUp();
        for (var property : LoggingSystemProperty.values()) {
            System.clearProperty(property.getEnvironmentVariableName());
        }
    }

    @Test
    void a_service_writes_a_json_object_a_line_with_the_ids_where_ecs_has_them(CapturedOutput output) {
        run(EcsLogs.PROCESS, "--spring.application.name=verifier-service");

        var line = lines(output.getOut().lines().toList()).stream()
                .filter(each -> each.path("message").asString("").equals("Job job-1 completed")).findFirst()
                .orElseThrow();
        assertThat(line.path("trace").path("id").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(line.path("span").path("id").asString()).hasSize(16);
        assertThat(line.path("labels").path("job_id").asString()).isEqualTo("job-1");
        assertThat(line.path("labels").path("correlation_id").asString()).isEqualTo("c-1");
        assertThat(line.path("log").path("level").asString()).isEqualTo("INFO");
        assertThat(line.path("service").path("name").asString()).isEqualTo("verifier-service");
        assertThat(line.path("ecs").path("version").asString()).isNotBlank();
    }

    @Test
    void fields_of_the_thread_are_where_those_of_a_line_are(CapturedOutput output) {
        run(EcsLogs.PROCESS);

        var line = lines(output.getOut().lines().toList()).stream()
                .filter(each -> each.path("message").asString("").equals("on a thread")).findFirst().orElseThrow();
        assertThat(line.path("trace").path("id").asString()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(line.path("labels").path("job_id").asString()).isEqualTo("job-1");
    }

    @Test
    void everything_in_one_process_keeps_its_terminal_for_people(CapturedOutput output, @TempDir Path folder)
            throws IOException {
        run(EcsLogs.inFolder(folder));

        var file = folder.resolve("logs/launch.log");
        assertThat(lines(Files.readAllLines(file))).anySatisfy(line -> {
            assertThat(line.path("message").asString("")).isEqualTo("Job job-1 completed");
            assertThat(line.path("labels").path("job_id").asString()).isEqualTo("job-1");
            assertThat(line.path("service").path("name").asString()).isEqualTo("campaign-launcher");
        });
        assertThat(output.getOut()).doesNotContain("Job job-1 completed").contains("a warning").doesNotContain("{\"");
    }

    @Test
    void no_text_steers_the_terminal_that_it_is_told_to(CapturedOutput output, @TempDir Path folder) {
        run(EcsLogs.inFolder(folder));

        assertThat(output.getOut()).contains("told: a b c d e f").contains("broken: a b c d e f").contains("\tat ");
    }

    @Test
    void a_line_of_json_holds_no_control_character(CapturedOutput output) {
        run(EcsLogs.PROCESS);

        assertThat(output.getOut()).contains("told: a").doesNotContain("a\u001b", "b\u009b", "c\u007f", "d\u0085");
    }

    @Test
    void clients_that_knock_at_a_server_which_is_away_are_quiet_unless_somebody_wants_to_hear_them() {
        run(EcsLogs.PROCESS);
        assertThat(LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient").isWarnEnabled()).isFalse();
        assertThat(LoggerFactory.getLogger("com.zaxxer.hikari.pool.PoolBase").isWarnEnabled()).isFalse();

        run(EcsLogs.PROCESS, "--logging.level.org.apache.kafka.clients.NetworkClient=INFO");
        assertThat(LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient").isInfoEnabled()).isTrue();
    }

    @Test
    void another_format_is_taken_where_it_is_asked_for(CapturedOutput output) {
        run(EcsLogs.PROCESS, "--logging.structured.format.console=");

        assertThat(output.getOut()).contains("Job job-1 completed").doesNotContain("{\"");
    }

    @Test
    void loggers_that_print_addresses_are_held_although_everything_else_is_told(CapturedOutput output) {
        run(EcsLogs.PROCESS, "--logging.level.root=DEBUG");

        assertThat(LoggerFactory.getLogger("org.example").isDebugEnabled()).isTrue();
        assertThat(EcsLogs.HELD).isNotEmpty()
                .allSatisfy(name -> assertThat(LoggerFactory.getLogger(name).isDebugEnabled()).isFalse());
    }

    private static void run(Map<String, Object> settings, String... arguments) {
        var all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--spring.main.banner-mode=off";
        try (var _ = new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE).properties(settings)
                .run(all)) {
            var log = LoggerFactory.getLogger("io.campaignlauncher.test");
            var span = TraceSpan.begin("step", SpanKind.INTERNAL, TRACEPARENT).about("job-1", "c-1");
            span.on(log.atInfo()).log("Job {} completed", "job-1");
            try (var _ = span.inLog()) {
                log.info("on a thread");
            }
            log.warn("a warning");
            var steering = "a\u001bb\u009bc\u007fd\u0085e\u202ef";
            log.warn("told: {}", steering, new IllegalStateException("broken: " + steering));
        }
    }

    private static List<JsonNode> lines(List<String> text) {
        return text.stream().filter(line -> line.startsWith("{")).map(JsonMapper.shared()::readTree).toList();
    }
}
