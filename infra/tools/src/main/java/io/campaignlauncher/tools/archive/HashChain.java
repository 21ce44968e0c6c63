package io.campaignlauncher.tools.archive;

import io.campaignlauncher.tools.events.StoredEvent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ties events to their order: each link is SHA-256(previous link, event id in UTF-8, sequence in 8 bytes with the highest
 * first, payload). The first has 32 zero bytes before it. One thread at a time.
 */
final class HashChain {

    static final String ALGORITHM = "SHA-256";
    static final int LINK_BYTES = 32;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest digest = digest();
    private final byte[] sequence = new byte[Long.BYTES];
    private byte[] link = new byte[LINK_BYTES];

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
        digest.update(event.eventId().getBytes(StandardCharsets.UTF_8));
        LONG.set(sequence, 0, event.sequence());
        digest.update(sequence);
        digest.update(event.payload());
        link = digest.digest();
        return link;
    }

    /** The link of the last event; not to be changed. */
    byte[] link() {
        return link;
    }
}
