package io.campaignlauncher.launchfile.sheet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * One way in which the bytes of a file may stand for characters. Marks at the beginning are stepped over: some tools
 * write wrong ones.
 */
enum Encoding {

    UTF_16LE("UTF-16 LE", StandardCharsets.UTF_16LE, List.of("\uFEFF", "\uFFFE")),
    UTF_16BE("UTF-16 BE", StandardCharsets.UTF_16BE, List.of("\uFEFF", "\uFFFE")),
    UTF_8("UTF-8", StandardCharsets.UTF_8, List.of("\uFEFF", "\uFFFE")),
    /** Has no wrong bytes to be told by, so it comes last. */
    WINDOWS_1252("Windows-1252", Charset.forName("windows-1252"), List.of());

    private final String title;
    private final Charset charset;
    private final List<byte[]> marks;

    Encoding(String title, Charset charset, List<String> marks) {
        this.title = title;
        this.charset = charset;
        this.marks = marks.stream().map(mark -> mark.getBytes(charset)).toList();
    }

    String title() {
        return title;
    }

    /** Whether a file may be written so at all. */
    boolean fits(byte[] file) {
        return switch (this) {
            case UTF_16LE, UTF_16BE -> true;
            case UTF_8 -> begins(file, 0, UTF_8.marks.getFirst()) || isWellFormed(file);
            case WINDOWS_1252 -> !begins(file, 0, UTF_8.marks.getFirst());
        };
    }

    /** What its beginning reads as; broken characters do not matter here. */
    String beginning(byte[] file, int bytesMax) {
        int from = begin(file);
        return new String(file, from, Math.min(bytesMax, file.length - from), charset);
    }

    /** A character that is none ends reading with an exception. */
    Reader read(byte[] file) {
        int from = begin(file);
        var decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(this == WINDOWS_1252 ? CodingErrorAction.REPLACE : CodingErrorAction.REPORT);
        return new InputStreamReader(new ByteArrayInputStream(file, from, file.length - from), decoder);
    }

    private int begin(byte[] file) {
        int at = 0;
        for (int next = afterMark(file, at); next > at; next = afterMark(file, at)) {
            at = next;
        }
        return at;
    }

    private int afterMark(byte[] file, int at) {
        for (var mark : marks) {
            if (begins(file, at, mark)) {
                return at + mark.length;
            }
        }
        return at;
    }

    private static boolean begins(byte[] file, int at, byte[] mark) {
        return file.length >= at + mark.length
                && Arrays.equals(file, at, at + mark.length, mark, 0, mark.length);
    }

    private boolean isWellFormed(byte[] file) {
        var characters = new char[8192];
        try (var reader = read(file)) {
            for (int read = 0; read >= 0;) {
                read = reader.read(characters);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
