package io.campaignlauncher.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RecordSignatureTest {

    private static final String API_KEY = "cl_0123456789ab_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ";
    private static final byte[] SECRET = RecordSignature.secretOf(sha256(API_KEY));

    @Test
    void is_what_an_app_in_another_language_would_make_of_the_description() throws Exception {
        var record = RecordSignature.signed(record(), API_KEY);

        var secret = hmac(sha256(API_KEY), "campaign-launcher/kafka/1".getBytes(UTF_8));
        var signed = new ByteArrayOutputStream();
        for (var part : new String[]{ "campaign.commands", "key", "ce_appkey", "cl_0123456789ab", "ce_id", "1",
            "ce_type",
            "T", "value" }) {
            signed.write(ByteBuffer.allocate(4).putInt(part.length()).array());
            signed.write(part.getBytes(UTF_8));
        }
        assertThat(new String(record.headers().lastHeader("signature").value(), UTF_8))
                .isEqualTo("v1=" + Base64.getEncoder().encodeToString(hmac(secret, signed.toByteArray())));
        assertThat(record.headers().lastHeader("signature").value()).asString(UTF_8).doesNotContain(API_KEY);
    }

    @Test
    void is_good_for_the_record_as_it_was_and_for_no_other() {
        var sent = RecordSignature.signed(record(), API_KEY);
        assertThat(RecordSignature.isBy(SECRET, received(sent, "campaign.commands", "key"))).isTrue();
        assertThat(RecordSignature.isBy(SECRET, received(sent, "job.events", "key"))).isFalse();
        assertThat(RecordSignature.isBy(SECRET, received(sent, "campaign.commands", "another"))).isFalse();
        assertThat(
                RecordSignature.isBy(RecordSignature.secretOf(sha256("x")), received(sent, "campaign.commands", "key")))
                .isFalse();

        var added = received(sent, "campaign.commands", "key");
        added.headers().add("ce_owner", "somebody".getBytes(UTF_8));
        assertThat(RecordSignature.isBy(SECRET, added)).isFalse();
        var once = received(sent, "campaign.commands", "key");
        once.headers().add("ce_id", "2".getBytes(UTF_8));
        assertThat(RecordSignature.isBy(SECRET, once)).isFalse();
        var changed = received(sent, "campaign.commands", "key");
        changed.value()[0] ^= 1;
        assertThat(RecordSignature.isBy(SECRET, changed)).isFalse();
    }

    @Test
    void lets_tracers_and_who_keeps_dead_letters_add_their_headers() {
        var received = received(RecordSignature.signed(record(), API_KEY), "campaign.commands", "key");
        received.headers().add("ce_traceparent", "00-1".getBytes(UTF_8)).add("traceparent", "00-1".getBytes(UTF_8))
                .add("dlt-reason", "x".getBytes(UTF_8));

        assertThat(RecordSignature.isBy(SECRET, received)).isTrue();
    }

    @Test
    void is_not_made_with_what_is_no_key_and_does_not_repeat_it() {
        assertThatThrownBy(() -> RecordSignature.signed(record(), "secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .message().doesNotContain("secret");
    }

    private static ProducerRecord<String, byte[]> record() {
        var record = new ProducerRecord<>("campaign.commands", "key", "value".getBytes(UTF_8));
        record.headers().add("ce_type", "T".getBytes(UTF_8)).add("ce_id", "1".getBytes(UTF_8))
                .add("content-type", "application/avro".getBytes(UTF_8));
        return record;
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent, String topic,
            String key) {
        var record = new ConsumerRecord<>(topic, 0, 0, key, sent.value().clone());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    private static byte[] sha256(String of) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(of.getBytes(UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] of) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(of);
    }
}
