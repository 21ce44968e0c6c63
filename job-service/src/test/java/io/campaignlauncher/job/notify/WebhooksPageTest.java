package io.campaignlauncher.job.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.campaignlauncher.job.notify.model.SigningSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/webhooks.md tells receivers to do works, in both languages. */
class WebhooksPageTest {

    private static final Path PAGE = Path.of("../docs/webhooks.md");
    private static final Path EXAMPLE = Path.of("src/test/java/io/campaignlauncher/job/notify/VerifyingExample.java");
    private static final byte[] OLD = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEW = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    private static final SigningSecrets SECRETS = SigningSecrets.of(base64(NEW) + "," + base64(OLD));
    private static final UUID ID = new UUID(4, 2);
    private static final Instant NOW = Instant.ofEpochSecond(1_774_785_600);
    private static final String BODY = "{\"campaignName\":\"S\u00fc\u00dfes\"}";
    private static final String SIGNATURES = SECRETS.signature(ID, NOW, BODY);

    private static String base64(byte[] secret) {
        return Base64.getEncoder().encodeToString(secret);
    }

    /** A receiver's question, and whether it is right to say yes. */
    private record Case(String timestamp, String signatures, String body, byte[] secret, Instant now, boolean genuine) {

        static Case of(String signatures, String body, byte[] secret, Instant now, boolean genuine) {
            return new Case(Long.toString(NOW.getEpochSecond()), signatures, body, secret, now, genuine);
        }
    }

    private static final Case[] CASES = { Case.of(SIGNATURES, BODY, OLD, NOW, true),
        Case.of(SIGNATURES, BODY, NEW, NOW.plusSeconds(299), true),
        Case.of(SIGNATURES, BODY, OLD, NOW.plusSeconds(300), false),
        Case.of(SIGNATURES, BODY + " ", OLD, NOW, false),
        Case.of(SIGNATURES, BODY, "another secret of the same length".getBytes(StandardCharsets.US_ASCII), NOW, false),
        Case.of("v1=" + "0".repeat(64), BODY, OLD, NOW, false), Case.of("", BODY, OLD, NOW, false),
        new Case(Long.toString(NOW.getEpochSecond() + 1), SIGNATURES, BODY, OLD, NOW, false) };

    @Test
    void the_java_on_the_page_tells_what_is_genuine() throws Exception {
        assertThat(block("java")).isEqualTo(example());
        for (var one : CASES) {
            assertThat(VerifyingExample.isGenuine(ID.toString(), one.timestamp(), one.signatures(),
                    one.body().getBytes(StandardCharsets.UTF_8), one.secret(), one.now())).as(one.toString())
                    .isEqualTo(one.genuine());
        }
    }

    @Test
    void the_python_on_the_page_tells_what_is_genuine() throws Exception {
        assumeTrue(pythonIsThere(), "python3 is not here");
        var program = new StringBuilder(block("python"));
        for (var one : CASES) {
            program.append(
                    "\nprint(is_genuine('%s', '%s', '%s', bytes.fromhex('%s'), bytes.fromhex('%s'), %d))".formatted(
                            ID, one.timestamp(), one.signatures(), hex(one.body().getBytes(StandardCharsets.UTF_8)),
                            hex(one.secret()), one.now().getEpochSecond()));
        }
        var python = new ProcessBuilder("python3", "-c", program.toString()).redirectErrorStream(true).start();
        try {
            var said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(python.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(said.lines()).containsExactlyElementsOf(Arrays.stream(CASES)
                    .map(one -> one.genuine() ? "True" : "False").toList());
        } finally {
            python.destroyForcibly();
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static boolean pythonIsThere() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String block(String language) throws IOException {
        var matcher = Pattern.compile("<!-- example: " + language + " -->\n```" + language + "\n(.*?)^```$",
                Pattern.DOTALL | Pattern.MULTILINE).matcher(Files.readString(PAGE));
        assertThat(matcher.find()).as("the page has the example").isTrue();
        return matcher.group(1).strip();
    }

    private static String example() throws IOException {
        var source = Files.readString(EXAMPLE);
        return source.substring(source.indexOf("// [example]\n") + "// [example]\n".length(),
                source.indexOf("// [end of example]")).stripTrailing().stripIndent().strip();
    }
}
