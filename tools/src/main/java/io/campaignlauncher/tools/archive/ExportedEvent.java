package io.campaignlauncher.tools.archive;

import io.campaignlauncher.eventstore.StoredEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * An event in an Avro file: {@code exported-event.avsc}, one schema for every kind of event, its payload as it was stored.
 *
 * @param link its link of the {@link HashChain}
 */
record ExportedEvent(StoredEvent event, byte[] link) {

    static final Schema SCHEMA = schema();

    private static final int GLOBAL_INDEX = 0;
    private static final int EVENT_ID = 1;
    private static final int JOB_ID = 2;
    private static final int SEQUENCE = 3;
    private static final int TIME = 4;
    private static final int TYPE = 5;
    private static final int PAYLOAD = 6;
    private static final int META_DATA = 7;
    private static final int LINK = 8;

    boolean hasLink(byte[] expected) {
        return Arrays.equals(link, expected);
    }

    GenericRecord asAvro() {
        var record = new GenericData.Record(SCHEMA);
        record.put(GLOBAL_INDEX, event.globalIndex());
        record.put(EVENT_ID, event.eventId());
        record.put(JOB_ID, event.jobId());
        record.put(SEQUENCE, event.sequence());
        record.put(TIME, event.time());
        record.put(TYPE, event.type());
        record.put(PAYLOAD, ByteBuffer.wrap(event.payload()));
        record.put(META_DATA, ByteBuffer.wrap(event.metaData()));
        record.put(LINK, ByteBuffer.wrap(link));
        return record;
    }

    static ExportedEvent of(GenericRecord record) {
        return new ExportedEvent(
                new StoredEvent((long) record.get(GLOBAL_INDEX), record.get(EVENT_ID).toString(),
                        record.get(JOB_ID).toString(), (long) record.get(SEQUENCE), record.get(TIME).toString(),
                        record.get(TYPE).toString(), bytes(record.get(PAYLOAD)), bytes(record.get(META_DATA))),
                bytes(record.get(LINK)));
    }

    private static byte[] bytes(Object buffer) {
        var bytes = ((ByteBuffer) buffer).duplicate();
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private static Schema schema() {
        try (var in = ExportedEvent.class.getResourceAsStream("exported-event.avsc")) {
            return new SchemaParser().parse(java.util.Objects.requireNonNull(in)).mainSchema();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
