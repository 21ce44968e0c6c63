package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AvroEncodingTest {

    private final AvroEncoding encoding = new AvroEncoding();

    static List<Class<? extends SpecificRecord>> messages() {
        return CurrentSchemas.messageClasses();
    }

    static Stream<SpecificRecord> samples() {
        return messages().stream().flatMap(type -> Stream.of(Samples.full(type), Samples.minimal(type)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void reads_what_it_wrote(SpecificRecord message) {
        var read = encoding.decode(message.getSchema().getName(), encoding.encode(message));
        assertThat(read).isEqualTo(message).hasSameClassAs(message).hasSameHashCodeAs(message);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void begins_with_the_marker_and_the_fingerprint_of_the_schema(SpecificRecord message) {
        var bytes = ByteBuffer.wrap(encoding.encode(message)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.get()).isEqualTo((byte) 0xC3);
        assertThat(bytes.get()).isEqualTo((byte) 0x01);
        assertThat(bytes.getLong()).isEqualTo(SchemaNormalization.parsingFingerprint64(message.getSchema()));
    }

    @Test
    void knows_every_message_by_its_name_and_no_other() {
        assertThat(messages()).allSatisfy(type -> {
            assertThat(encoding.knows(type.getSimpleName())).isTrue();
            assertThat(encoding.classOf(type.getSimpleName())).isEqualTo(type);
        });
        assertThat(encoding.knows("CreateEverything")).isFalse();
        assertThat(encoding.knows(SlotRef.class.getSimpleName())).as("a part of messages").isFalse();
    }

    @Test
    void reads_lists_that_compare_like_any_other() {
        var report = new DeletionReported("j-1", 1, List.of(), List.of(), List.of(
                new GraphFault(ErrorKind.RATE_LIMIT, false, 17, null, "later", null, Instant.EPOCH)), RoundEnd.DONE,
                null,
                null, null, 0, 0, List.of(), 0);
        var faults = ((DeletionReported) encoding.decode("DeletionReported", encoding.encode(report))).getFaults();
        assertThat(faults).isEqualTo(report.getFaults()).hasSameHashCodeAs(report.getFaults());
        assertThat(Set.of(faults)).contains(report.getFaults());
    }

    @Test
    void encodes_the_same_message_to_the_same_bytes_on_any_thread() {
        var message = Samples.full(JobAccepted.class);
        var expected = encoding.encode(message);
        assertThat(Stream.generate(() -> message).limit(2_000).parallel().map(encoding::encode))
                .allSatisfy(bytes -> assertThat(bytes).isEqualTo(expected));
        assertThat(Stream.generate(() -> expected).limit(2_000).parallel()
                .map(bytes -> encoding.decode("JobAccepted", bytes)))
                .allSatisfy(read -> assertThat(read).isEqualTo(message));
    }
}
