package io.campaignlauncher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the content security policy forbids is in no template: a browser would only leave it out, and say nothing. */
class TemplatesTest {

    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Pattern FORBIDDEN = Pattern.compile("(?i)\\sstyle=|\\son[a-z]+=|<style|<script(?![^>]*\\ssrc=)"
            + "|hx-on|javascript:|(?:src|href|action)=\"(?:https?:)?//|\\$unsafe|hx-vals=[\"']js:");

    private static final Pattern FORM_WITH_FILE = Pattern
            .compile("(?s)<form[^>]*enctype=\"multipart/form-data\".*?</form>");

    static Stream<Path> templates() throws IOException {
        try (var files = Files.walk(TEMPLATES)) {
            return files.filter(file -> file.toString().endsWith(".jte")).sorted().toList().stream();
        }
    }

    /** What comes behind it would count as the file. */
    @ParameterizedTest
    @MethodSource("templates")
    void has_in_a_form_with_a_file_nothing_behind_the_file(Path template) throws IOException {
        assertThat(FORM_WITH_FILE.matcher(Files.readString(template)).results()
                .map(form -> form.group().substring(form.group().indexOf("type=\"file\"")))
                .filter(behind -> behind.substring(behind.indexOf('>')).contains(" name="))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void holds_nothing_inline_and_nothing_from_elsewhere(Path template) throws IOException {
        assertThat(FORBIDDEN.matcher(Files.readString(template)).results().map(found -> found.group().strip()))
                .isEmpty();
    }
}
