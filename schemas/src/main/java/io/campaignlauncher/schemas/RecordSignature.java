package io.campaignlauncher.schemas;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Comparator;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Ties a record to who wrote it: HMAC-SHA-256, in the header {@code signature} as {@code v1=} and base64, over the topic, the key,
 * every header that begins with {@code ce_} in the order of their names (but {@code ce_traceparent}, which may change on the way),
 * and the value; each of these, a header's name too, with the number of its bytes before it, in four bytes. So nothing can be moved
 * to another topic or job, nor from one part into the next. The same record written again is as good as the first: whoever reads it
 * knows it by what it asks.
 */
public final class RecordSignature {

    public static final String HEADER = "signature";
    /** The prefix of the API key of who signed, {@code cl_} and 12 digits. */
    public static final String APP_KEY_HEADER = "ce_appkey";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String VERSION = "v1=";
    private static final String LABEL = "campaign-launcher/kafka/1";
    private static final String SIGNED_HEADERS = "ce_";
    private static final String CHANGES_ON_THE_WAY = "ce_traceparent";
    /** Of an API key, without what is secret. */
    private static final int PREFIX_CHARACTERS = 15;
    private static final int ABSENT = -1;

    private RecordSignature() {}

    /**
     * Signs a request for {@code campaign.commands} as an upstream app.
     *
     * @param apiKey as the identity-service has shown it once
     * @return the same record with two more headers
     */
    public static ProducerRecord<String, byte[]> signed(ProducerRecord<String, byte[]> record, String apiKey) {
        if (apiKey.length() <= PREFIX_CHARACTERS) {
            throw new IllegalArgumentException("this is no API key");
        }
        record.headers().remove(APP_KEY_HEADER)
                .add(APP_KEY_HEADER, apiKey.substring(0, PREFIX_CHARACTERS).getBytes(StandardCharsets.UTF_8));
        sign(record, secretOf(sha256(apiKey.getBytes(StandardCharsets.UTF_8))));
        return record;
    }

    /** With what the holder of a key signs. @param key 32 bytes: of an API key its SHA-256 */
    public static byte[] secretOf(byte[] key) {
        return mac(key, LABEL.getBytes(StandardCharsets.UTF_8));
    }

    /** Once the record has all its other headers. */
    public static void sign(ProducerRecord<String, byte[]> record, byte[] secret) {
        var mac = mac(secret, signedBytes(record.topic(), record.key(), record.headers(), record.value()));
        record.headers().remove(HEADER).add(HEADER,
                (VERSION + Base64.getEncoder().encodeToString(mac)).getBytes(StandardCharsets.UTF_8));
    }

    public static boolean isSigned(ConsumerRecord<?, ?> record) {
        return record.headers().lastHeader(HEADER) != null;
    }

    /** Whether the record was signed with this secret, and is as it was then. */
    public static boolean isBy(byte[] secret, ConsumerRecord<String, byte[]> record) {
        var header = record.headers().lastHeader(HEADER);
        if (header == null || header.value() == null) {
            return false;
        }
        var mac = mac(secret, signedBytes(record.topic(), record.key(), record.headers(), record.value()));
        var wanted = (VERSION + Base64.getEncoder().encodeToString(mac)).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(wanted, header.value());
    }

    private static byte[] signedBytes(String topic, @Nullable String key, Headers headers, byte @Nullable [] value) {
        var bytes = new ByteArrayOutputStream(512 + (value == null ? 0 : value.length));
        try (var out = new DataOutputStream(bytes)) {
            put(out, topic.getBytes(StandardCharsets.UTF_8));
            put(out, key == null ? null : key.getBytes(StandardCharsets.UTF_8));
            for (var header : signedHeaders(headers)) {
                put(out, header.key().getBytes(StandardCharsets.UTF_8));
                put(out, header.value());
            }
            put(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Those of one name stay in their order: the last is the one that counts. */
    private static Header[] signedHeaders(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .filter(header -> header.key().startsWith(SIGNED_HEADERS) && !header.key().equals(CHANGES_ON_THE_WAY))
                .sorted(Comparator.comparing(Header::key)).toArray(Header[]::new);
    }

    private static void put(DataOutputStream out, byte @Nullable [] part) throws IOException {
        out.writeInt(part == null ? ABSENT : part.length);
        if (part != null) {
            out.write(part);
        }
    }

    private static byte[] mac(byte[] key, byte[] of) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(of);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }

    private static byte[] sha256(byte[] of) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(of);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
