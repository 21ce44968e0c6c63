package io.campaignlauncher.launchfile.sheet;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Ends reading at a line of more separators than a spreadsheet has columns, before millions of empty cells are made of
 * it.
 */
final class SeparatorBound extends FilterReader {

    /** Some of them may stand within texts. */
    private static final int SEPARATORS_A_LINE_MAX = 4 * 16_384;

    private final char separator;
    private int separators;

    SeparatorBound(Reader in, char separator) {
        super(in);
        this.separator = separator;
    }

    static final class Exceeded extends IOException {}

    @Override
    public int read() throws IOException {
        int c = super.read();
        if (c >= 0) {
            count((char) c);
        }
        return c;
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        for (int i = from; i < from + read; i++) {
            count(buffer[i]);
        }
        return read;
    }

    private void count(char c) throws Exceeded {
        if (c == '\n' || c == '\r') {
            separators = 0;
        } else if (c == separator && ++separators > SEPARATORS_A_LINE_MAX) {
            throw new Exceeded();
        }
    }
}
