package io.campaignlauncher.graph;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.graph.GraphServer.Reply;
import io.campaignlauncher.sendonce.HttpAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import static io.campaignlauncher.graph.Answering.TOKEN;
import static io.campaignlauncher.graph.Answering.error;
import static io.campaignlauncher.graph.Answering.graph;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecrecyTest {

    private static final String SECRET = TOKEN.value();

    /** Keeps every line, with the stack trace of what was thrown. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " "
                    + (event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage()));
        }
    }

    @Test
    void no_log_line_holds_the_token_even_when_everything_is_logged() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var lines = new Lines();
        lines.start();
        var before = root.getLevel();
        root.addAppender(lines);
        root.setLevel(Level.TRACE);
        try (var server = new GraphServer(); var graph = HttpGraph.over(server.settings(), null)) {
            server.replies(Reply.json(400, "{\"error\":{\"message\":\"bad " + SECRET + "\",\"code\":190}}"),
                    Reply.json(200, "{\"id\":\"1\"}"), Reply.hangUp());
            graph.post(TOKEN, "act_1/ads", Map.of("name", "n")).block();
            graph.get(TOKEN, "act_1", Map.of("fields", "id")).block();
            graph.batch(TOKEN, List.of(GraphOperation.delete("1"))).block();
            graph.upload(TOKEN, "act_1/adimages", Map.of(), new GraphFile("f", "n",
                    MediaType.APPLICATION_OCTET_STREAM, Content.torn(new byte[500])))
                    .block();
        } finally {
            root.setLevel(before);
            root.detachAppender(lines);
        }

        assertThat(lines.lines).anyMatch(line -> line.startsWith("io.campaignlauncher")
                && line.contains("POST v24.0/act_1/ads") && line.contains("code 190"));
        // The server's own lines are not the client's; it answers with the token to tempt it.
        assertThat(lines.lines).filteredOn(line -> !line.contains("reactor.netty.http.server"))
                .noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void no_error_message_holds_a_token_its_own_or_another() {
        var error = error(graph(400, """
                {"error":{"message":"token %s at https://x/y?access_token=other123&z=1","code":190,
                 "error_user_msg":"EAAotherTokenOfSomebody123","error_data":"{\\"access_token\\":\\"third\\"}"}}"""
                .formatted(SECRET)).post(TOKEN, "x", Map.of()));

        assertThat(error.message()).isEqualTo("••• | token ••• at https://x/y?access_token=•••&z=1 (code 190)");
        assertThat(error.toString()).doesNotContain(SECRET, "other123", "EAAother");
    }

    @Test
    void a_token_at_the_cut_is_hidden_before_the_cut() {
        var message = error(graph(400, "{\"error\":{\"message\":\"" + "m".repeat(970) + " plain" + SECRET
                + "\",\"code\":190}}").post(new AccessToken("plain" + SECRET), "x", Map.of())).message();

        assertThat(message).doesNotContain("plain");
    }

    @Test
    void no_fault_of_a_transport_shows_the_token() {
        var error = error(graph(_ -> Mono.error(new IllegalStateException("header Bearer " + SECRET)))
                .get(TOKEN, "x", Map.of()));

        assertThat(error.message()).contains("header Bearer •••");
    }

    @Test
    void no_result_holds_the_token_that_is_in_the_addresses_of_further_pages() {
        var answer = graph(200, """
                {"data":[{"ads":{"data":[],"paging":{"next":"https://g/2?access_token=%1$s&after=b"}}}],
                 "paging":{"cursors":{"after":"a"},"next":"https://g/1?access_token=plain&after=a"}}"""
                .formatted(SECRET)).get(TOKEN, "act_1/adsets", Map.of()).block();

        assertThat(answer.toString()).doesNotContain(SECRET, "plain").contains("after=a", "after=b");
    }

    @Test
    void nothing_that_holds_a_token_prints_it() {
        var request = new GraphRequest(Method.GET, "v24.0/debug_token", Map.of("input_token", SECRET), TOKEN,
                Duration.ofSeconds(1));

        assertThat(TOKEN + " " + request).isEqualTo("••• GET v24.0/debug_token");
        assertThat(new HttpAnswer(200, Map.of("h", SECRET), SECRET.getBytes()).toString()).doesNotContain(SECRET);
        assertThatThrownBy(() -> new AccessToken("secret\nX: y")).hasMessageNotContaining("secret");
    }
}
