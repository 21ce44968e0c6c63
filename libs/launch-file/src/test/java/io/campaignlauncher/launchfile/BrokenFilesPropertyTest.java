package io.campaignlauncher.launchfile;

import static io.campaignlauncher.launchfile.Files.BERLIN;
import static io.campaignlauncher.launchfile.Files.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Whatever becomes of a file on its way, reading it gives an answer. */
class BrokenFilesPropertyTest {

    private static final List<Map<String, String>> ROWS = List.of(row("Title", "ü"), row("Ad Name", "b"));
    private static final byte[] TEXT = Files.csv('\t', "\r\n", ROWS.get(0), ROWS.get(1))
            .getBytes(StandardCharsets.UTF_16LE);
    private static final byte[] WORKBOOK = Workbooks.of(ROWS);
    private static final Map<String, String> PARTS = parts();

    /** @param at where, as a share of the whole */
    record Change(double at, int length, String instead) {

        byte[] in(byte[] file) {
            int from = (int) (at * file.length);
            int to = Math.min(file.length, from + length);
            var with = instead.getBytes(StandardCharsets.ISO_8859_1);
            var changed = Arrays.copyOf(file, file.length - (to - from) + with.length);
            System.arraycopy(with, 0, changed, from, with.length);
            System.arraycopy(file, to, changed, from + with.length, file.length - to);
            return changed;
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        var instead = Arbitraries.oneOf(Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(4),
                Arbitraries.of("<c r='A9' t='s'><v>7</v></c>", "<row>", "</row>", "<!--", "\"", "&#x0;", "]]>",
                        " t='d'",
                        " t='e'", "99999999999", "<f t='shared' si='4'/>", " r='B'", " s='77'", "1e999999999"));
        return Combinators.combine(Arbitraries.doubles().between(0, 1), Arbitraries.integers().between(0, 40),
                instead).as(Change::new).list().ofMinSize(1).ofMaxSize(3);
    }

    @Property(tries = 500)
    void a_changed_text_is_read_or_refused(@ForAll("changes") List<Change> changes) {
        assertThat(Files.read(changed(TEXT, changes), BERLIN, true)).isNotNull();
    }

    @Property(tries = 500)
    void a_changed_workbook_is_read_or_refused(@ForAll("changes") List<Change> changes) {
        assertThat(Files.read(changed(WORKBOOK, changes), BERLIN, true)).isNotNull();
    }

    @Property(tries = 1000)
    void a_workbook_with_a_changed_part_is_read_or_refused(@ForAll("names") String name,
            @ForAll("changes") List<Change> changes) {
        var parts = new LinkedHashMap<>(PARTS);
        parts.computeIfPresent(name, (_, text) -> new String(changed(text.getBytes(StandardCharsets.UTF_8), changes),
                StandardCharsets.UTF_8));

        assertThat(Files.read(Workbooks.zip(parts), BERLIN, true)).isNotNull();
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(PARTS.keySet());
    }

    private static byte[] changed(byte[] file, List<Change> changes) {
        var changed = file;
        for (var change : changes) {
            changed = change.in(changed);
        }
        return changed;
    }

    private static Map<String, String> parts() {
        var parts = new LinkedHashMap<String, String>();
        try (var zip = ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(WORKBOOK)).get()) {
            for (var part : Collections.list(zip.getEntries())) {
                parts.put(part.getName(), new String(zip.getInputStream(part).readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }
}
