package io.campaignlauncher.tools.events;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row in PostgreSQL's binary COPY format: a count of columns, then for each a length (-1: null) and its bytes. Holds places
 * in the array that the driver gave and copies nothing.
 */
final class CopyRow {

    private static final byte[] SIGNATURE = "PGCOPY\n\u00FF\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int FLAGS_BYTES = Integer.BYTES;
    static final short END = -1;
    private static final int NULL = -1;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int[] starts;
    private final int[] lengths;
    private byte[] bytes = {};

    CopyRow(int columns) {
        this.starts = new int[columns];
        this.lengths = new int[columns];
    }

    /** What precedes the first row. */
    static byte[] header() {
        return Arrays.copyOf(SIGNATURE, SIGNATURE.length + FLAGS_BYTES + Integer.BYTES);
    }

    /** Where the first row of a COPY begins, behind the header; the message's length where it holds nothing else. */
    static int afterHeader(byte[] message) {
        int header = SIGNATURE.length + FLAGS_BYTES + Integer.BYTES;
        if (message.length < header
                || !Arrays.equals(message, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw new IllegalStateException("PostgreSQL sent no binary COPY");
        }
        return header + (int) INT.get(message, header - Integer.BYTES);
    }

    /** @return false for the mark behind the last row */
    boolean read(byte[] message, int from) {
        short columns = (short) SHORT.get(message, from);
        if (columns == END) {
            return false;
        }
        if (columns != starts.length) {
            throw new IllegalStateException(columns + " columns instead of " + starts.length);
        }
        bytes = message;
        int position = from + Short.BYTES;
        for (int column = 0; column < columns; column++) {
            int length = (int) INT.get(message, position);
            position += Integer.BYTES;
            starts[column] = position;
            lengths[column] = length;
            position += Math.max(length, 0);
        }
        return true;
    }

    byte[] array() {
        return bytes;
    }

    int start(int column) {
        return starts[column];
    }

    /** Behind its last byte. */
    int end(int column) {
        return starts[column] + Math.max(lengths[column], 0);
    }

    long number(int column) {
        return (long) LONG.get(bytes, starts[column]);
    }

    @Nullable
    String text(int column) {
        return lengths[column] == NULL ? null
                : new String(bytes, starts[column], lengths[column], StandardCharsets.UTF_8);
    }

    byte @Nullable [] copy(int column) {
        return lengths[column] == NULL ? null : Arrays.copyOfRange(bytes, starts[column], end(column));
    }
}
