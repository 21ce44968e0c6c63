package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forms with a file, as browsers send them. */
class FileFormsTest {

    private static final String BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
    private static final String IMAGES = "/console/media/images";

    private RunningConsole console;
    private HttpResponse<String> page;

    @BeforeEach
    void start() {
        console = new RunningConsole();
        page = console.get("/console/design");
        // Query parameters come in no order that counts.
        for (var query : permutations()) {
            console.answer("POST /v1/media/images?" + query, 200, "{\"accounts\":[{\"hash\":\"ab\"}]}");
        }
    }

    private static String[] permutations() {
        var a = "adAccountId=act_1";
        var c = "credentialId=c";
        var n = "name=M%C3%A4rz%22.png";
        return new String[]{ String.join("&", a, c, n), String.join("&", a, n, c), String.join("&", c, a, n),
            String.join("&", c, n, a), String.join("&", n, a, c), String.join("&", n, c, a) };
    }

    @AfterEach
    void stop() {
        console.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String field(String name, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static byte[] form(String token, byte[] file, String end) {
        var form = new ByteArrayOutputStream();
        form.writeBytes(utf8(field("_csrf", token) + field("adAccountId", "act_1") + field("credentialId", "c") + "--"
                + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"M\u00e4rz%22.png\"\r\n"
                + "Content-Type: image/png\r\n\r\n"));
        form.writeBytes(file);
        form.writeBytes(utf8(end));
        return form.toByteArray();
    }

    private static String end() {
        return "\r\n--" + BOUNDARY + "--\r\n";
    }

    /** Bytes of any kind, with what looks like the end of a form among them. */
    private static byte[] file(int length) {
        var bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        var mark = utf8("\r\n--" + BOUNDARY);
        System.arraycopy(mark, 0, bytes, length / 3, mark.length);
        return bytes;
    }

    private Socket begun(String path, int length) throws IOException {
        var socket = new Socket("127.0.0.1", console.address().getPort());
        socket.getOutputStream().write(utf8("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + console.address().getPort() + "\r\nContent-Type: multipart/form-data; boundary=" + BOUNDARY
                + "\r\nContent-Length: " + length + "\r\nCookie: " + ConsoleTest.cookie(page)
                + "\r\nConnection: close\r\n\r\n"));
        return socket;
    }

    private String sent(byte[] form) throws IOException {
        try (var socket = begun(IMAGES, form.length)) {
            socket.getOutputStream().write(form);
            return answer(socket);
        }
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String asked() {
        return console.asked().stream().map(RunningConsole.Asked::line).filter(line -> line.startsWith("POST"))
                .findFirst().orElse("");
    }

    @Test
    void a_file_passes_on_while_its_browser_still_sends() throws IOException {
        var file = file(3_000_000);
        var form = form(ConsoleTest.token(page), file, end());
        try (var socket = begun(IMAGES, form.length)) {
            socket.getOutputStream().write(form, 0, 1_000_000);

            await("what was sent is upstream").until(() -> console.bytes() > 900_000);
            assertThat(asked()).as("it is not whole").isEmpty();
            socket.getOutputStream().write(form, 1_000_000, form.length - 1_000_000);
            assertThat(answer(socket)).startsWith("HTTP/1.1 303").contains("sent=M%C3%A4rz%22.png");
        }
        assertThat(console.body(asked())).isEqualTo(file);
    }

    @Test
    void files_of_every_size_arrive_as_they_are() throws IOException {
        for (int length : new int[]{ 200, 8_000, 65_536, 200_001 }) {
            console.asked().clear();
            var file = file(length);
            assertThat(sent(form(ConsoleTest.token(page), file, end()))).startsWith("HTTP/1.1 303");
            assertThat(console.body(asked())).isEqualTo(file);
        }
    }

    @Test
    void nothing_passes_on_of_a_form_that_is_not_ours() throws IOException {
        for (var token : new String[]{ "", "guess", ConsoleTest.token(console.get("/console/design")) }) {
            assertThat(sent(form(token, file(100_000), end()))).as(token).startsWith("HTTP/1.1 403");
        }
        assertThat(console.bytes()).isZero();
    }

    @Test
    void nobody_gets_a_whole_file_of_a_form_that_breaks_off() throws IOException {
        var form = form(ConsoleTest.token(page), file(1_000_000), end());
        try (var socket = begun(IMAGES, form.length)) {
            socket.getOutputStream().write(form, 0, form.length - 1);
            await("most of it is upstream").until(() -> console.bytes() > 900_000);
        }

        await("upstream was broken off").until(() -> console.brokenOff() == 1);
        assertThat(asked()).isEmpty();
    }

    @Test
    void what_is_no_form_with_a_file_is_told() throws IOException {
        assertThat(sent(utf8("nonsense"))).startsWith("HTTP/1.1 400");
        assertThat(sent(utf8(field("_csrf", "x") + "--" + BOUNDARY + "--\r\n"))).startsWith("HTTP/1.1 400");
        assertThat(sent(utf8(field("_csrf", "x".repeat(100_000))))).startsWith("HTTP/1.1 400");
        assertThat(sent(form(ConsoleTest.token(page), new byte[0], end()))).startsWith("HTTP/1.1 400")
                .contains("No file was chosen");
        assertThat(console.bytes()).isZero();
    }

    @Test
    void a_service_that_refuses_early_or_is_away_is_told() throws IOException {
        var form = form(ConsoleTest.token(page), file(2_000_000), end());
        Arrays.stream(permutations()).forEach(query -> console.answer("POST /v1/media/images?" + query, 503,
                "{\"title\":\"Not now\"}"));
        assertThat(sent(form)).startsWith("HTTP/1.1 503").contains("Not now");
        console.endOthers();
        assertThat(sent(form)).startsWith("HTTP/1.1 503").contains("does not answer");
    }

    @Test
    void a_script_sends_a_file_alone_with_the_token_in_its_header() {
        assertThat(console.post("/console/media/images/raw?adAccountId=act_1", "abc").statusCode()).isEqualTo(403);
        assertThat(console.bytes()).isZero();
    }
}
