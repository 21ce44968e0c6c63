package io.campaignlauncher.tools.archive;

import io.campaignlauncher.tools.archive.Manifest.Digest;
import io.campaignlauncher.tools.archive.Manifest.Part;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeMap;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Writes an Avro file and a file of JSON lines with the same events, and sums them up. */
final class PartWriter implements AutoCloseable {

    private static final int DEFLATE_LEVEL = 1;

    private final Summed avroFile;
    private final Summed jsonFile;
    private final DataFileWriter<GenericRecord> avro;
    private final TreeMap<String, Long> types = new TreeMap<>();
    private long events;
    private long firstGlobalIndex;
    private long lastGlobalIndex;
    private byte[] link = new byte[0];

    /** @param number of the part, from 1 */
    PartWriter(Path folder, int number) throws IOException {
        var stem = "events-%06d".formatted(number);
        this.avro = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(ExportedEvent.SCHEMA))
                .setCodec(CodecFactory.deflateCodec(DEFLATE_LEVEL));
        this.avroFile = new Summed(folder.resolve(stem + ".avro"));
        try {
            this.jsonFile = new Summed(folder.resolve(stem + ".jsonl"));
        } catch (IOException e) {
            avroFile.close();
            throw e;
        }
        try {
            avro.create(ExportedEvent.SCHEMA, avroFile);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    void write(ExportedEvent record, byte[] line) throws IOException {
        var event = record.event();
        avro.append(record.asAvro());
        jsonFile.write(line);
        types.merge(event.type(), 1L, Long::sum);
        if (events == 0) {
            firstGlobalIndex = event.globalIndex();
        }
        lastGlobalIndex = event.globalIndex();
        link = record.link();
        events++;
    }

    long events() {
        return events;
    }

    /** Ends both files; they are on the disk then. */
    Part finish() throws IOException {
        avro.flush();
        return new Part(events, firstGlobalIndex, lastGlobalIndex, types, HexFormat.of().formatHex(link),
                avroFile.finish(), jsonFile.finish());
    }

    @Override
    public void close() throws IOException {
        try (avroFile; jsonFile) {
            avro.close();
        }
    }

    /** A file that is summed up while it is written. */
    private static final class Summed extends FilterOutputStream {

        private static final int BUFFER = 1 << 16;

        private final Path file;
        private final FileChannel channel;
        private final MessageDigest digest = HashChain.digest();
        private long bytes;

        Summed(Path file) throws IOException {
            this(file, PrivateFile.create(file));
        }

        private Summed(Path file, FileChannel channel) {
            super(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
            this.file = file;
            this.channel = channel;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[]{ (byte) value }, 0, 1);
        }

        @Override
        public void write(byte[] from, int start, int length) throws IOException {
            out.write(from, start, length);
            digest.update(from, start, length);
            bytes += length;
        }

        Digest finish() throws IOException {
            out.flush();
            channel.force(true);
            return new Digest(String.valueOf(file.getFileName()), bytes, HexFormat.of().formatHex(digest.digest()));
        }

        @Override
        public void close() throws IOException {
            OutputStream buffered = out;
            buffered.close();
        }
    }
}
