package io.campaignlauncher.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary form from an array and makes nothing larger than the array. Avro's own decoder believes a length
 * before it has seen the bytes, so that five damaged bytes can ask it for two gigabytes; its limits hold for a whole JVM.
 */
final class BoundedDecoder extends BinaryDecoder {

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads from one position of the array to before another. */
    BoundedDecoder(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    @Override
    public boolean isEnd() {
        return position == end;
    }

    @Override
    public boolean readBoolean() throws IOException {
        return bytes[take(1)] == 1;
    }

    @Override
    public int readInt() throws IOException {
        return Math.toIntExact(readLong());
    }

    @Override
    public long readLong() throws IOException {
        // Most numbers and lengths are small.
        if (position < end && bytes[position] >= 0) {
            int zigzag = bytes[position++];
            return zigzag >>> 1 ^ -(zigzag & 1);
        }
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            var next = bytes[take(1)];
            zigzag |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
        throw new InvalidNumberEncodingException("a number of more than ten bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return littleEndian().getFloat(take(Float.BYTES));
    }

    @Override
    public double readDouble() throws IOException {
        return littleEndian().getDouble(take(Double.BYTES));
    }

    @Override
    public String readString() throws IOException {
        int length = available(readLong());
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        int start = take(available(readLong()));
        return ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, position));
    }

    @Override
    protected void doReadBytes(byte[] target, int start, int length) throws IOException {
        System.arraycopy(bytes, take(available(length)), target, start, length);
    }

    @Override
    protected void doSkipBytes(long length) throws IOException {
        take(available(length));
    }

    /** An item takes a byte at least, so no collection has more items than there are bytes left. */
    @Override
    protected long doReadItemCount() throws IOException {
        return available(super.doReadItemCount());
    }

    private int take(int length) throws EOFException {
        int start = position;
        available(length);
        position += length;
        return start;
    }

    private int available(long length) throws EOFException {
        if (length < 0 || length > end - position) {
            throw new EOFException(length + " bytes or items are said to follow, " + (end - position)
                    + " bytes do");
        }
        return (int) length;
    }

    private ByteBuffer littleEndian() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
