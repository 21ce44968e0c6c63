package io.campaignlauncher.tools.archive;

import io.campaignlauncher.eventstore.StoredEvent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ties events to their order: each link is SHA-256 of the link before and of the event, as its {@link ExportFormat} says. The first
 * has 32 zero bytes before it. One thread at a time.
 */
final class HashChain {

    static final String ALGORITHM = "SHA-256";
    static final int LINK_BYTES = 32;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest digest = digest();
    private final ExportFormat format;
    private final byte[] number = new byte[Long.BYTES];
    private byte[] link = new byte[LINK_BYTES];

    HashChain(ExportFormat format) {
        this.format = format;
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Adds the next event. @return its link; not to be changed */
    byte[] add(StoredEvent event) {
        digest.update(link);
        switch (format) {
            case FIRST -> {
                digest.update(event.eventId().getBytes(StandardCharsets.UTF_8));
                number(event.sequence());
                digest.update(event.payload());
            }
            case SECOND -> {
                numberWithLength(event.globalIndex());
                withLength(event.eventId());
                withLength(event.jobId());
                numberWithLength(event.sequence());
                withLength(event.time());
                withLength(event.type());
                withLength(event.metaData());
                withLength(event.payload());
            }
        }
        link = digest.digest();
        return link;
    }

    private void number(long value) {
        LONG.set(number, 0, value);
        digest.update(number);
    }

    private void numberWithLength(long value) {
        number(Long.BYTES);
        number(value);
    }

    private void withLength(String text) {
        withLength(text.getBytes(StandardCharsets.UTF_8));
    }

    private void withLength(byte[] bytes) {
        number(bytes.length);
        digest.update(bytes);
    }

    /** The link of the last event; not to be changed. */
    byte[] link() {
        return link;
    }
}
