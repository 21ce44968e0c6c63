package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what {@link AvroEncoding} reads, and refuses what it refuses. */
class QuickDecodingTest {

    private static final int MUTATIONS = 300;

    private final AvroEncoding encoding = new AvroEncoding();
    private final QuickDecoding quick = new QuickDecoding(encoding, Set.of(), Set.of());

    static List<Class<? extends SpecificRecord>> messages() {
        return CurrentSchemas.messageClasses();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void reads_every_message_as_avro_does(Class<? extends SpecificRecord> type) {
        for (var message : List.of(Samples.full(type), Samples.minimal(type))) {
            var bytes = encoding.encode(message);
            var among = new byte[bytes.length + 12];
            System.arraycopy(bytes, 0, among, 5, bytes.length);
            assertThat(quick.decode(type.getSimpleName(), among, 5, 5 + bytes.length)).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void what_is_cut_short_or_goes_on_is_unreadable(Class<? extends SpecificRecord> type) {
        var bytes = encoding.encode(Samples.full(type));
        for (int length = 0; length < bytes.length; length++) {
            int to = length;
            assertThatThrownBy(() -> quick.decode(type.getSimpleName(), bytes, 0, to))
                    .isInstanceOf(UnreadableRecord.class);
        }
        var longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> quick.decode(type.getSimpleName(), longer, 0, longer.length))
                .isInstanceOf(UnreadableRecord.class).hasMessageContaining("more bytes");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void damaged_bytes_are_read_as_avro_reads_them_or_unreadable(Class<? extends SpecificRecord> type) {
        var random = new Random(11);
        var bytes = encoding.encode(Samples.full(type));
        for (int i = 0; i < MUTATIONS; i++) {
            var damaged = bytes.clone();
            int place = 10 + random.nextInt(bytes.length - 10);
            damaged[place] ^= (byte) (1 << random.nextInt(8));
            var thrown = catchThrowable(() -> encoding.decode(type.getSimpleName(), damaged));
            if (thrown == null) {
                assertThat(quick.decode(type.getSimpleName(), damaged, 0, damaged.length))
                        .isEqualTo(encoding.decode(type.getSimpleName(), damaged));
            } else {
                assertThatThrownBy(() -> quick.decode(type.getSimpleName(), damaged, 0, damaged.length))
                        .isInstanceOf(UnreadableRecord.class);
            }
        }
    }

    @Test
    void what_nobody_wants_has_its_default_and_everything_else_its_value() {
        var message = (CreationRequested) Samples.full(CreationRequested.class);
        var bytes = encoding.encode(message);
        var read = (CreationRequested) new QuickDecoding(encoding, Set.of(),
                Set.of("PlannedEntity.name", "CreateEntities.adSetSpec", "CreateEntities.notAfter"))
                .decode("CreationRequested", bytes, 0, bytes.length);
        assertThat(read.getCommand().getAdSets()).hasSameSizeAs(message.getCommand().getAdSets())
                .allMatch(adSet -> adSet.getName().isEmpty() && adSet.getFacebookId() != null);
        assertThat(read.getCommand().getAdSetSpec()).isEqualTo(AdSetSpec.newBuilder().build());
        assertThat(read.getCommand().getNotAfter()).isNull();
        assertThat(read.getCommand().getAdSpec()).isEqualTo(message.getCommand().getAdSpec());
        assertThat(read.getJobId()).isEqualTo(message.getJobId());
    }

    @Test
    void of_a_message_that_nobody_reads_the_name_of_its_schema_is_enough() {
        var reading = new QuickDecoding(encoding, Set.of("VerificationRequested", "RateLimitReached"), Set.of());
        var bytes = encoding.encode(Samples.full(VerificationRequested.class));
        assertThat(reading.decode("VerificationRequested", bytes, 0, AvroEncoding.BODY_START))
                .isEqualTo(VerificationRequested.newBuilder().build());
        assertThatThrownBy(() -> reading.decode("VerificationRequested", bytes, 0, AvroEncoding.BODY_START - 1))
                .isInstanceOf(UnreadableRecord.class);
        var limited = encoding.encode(Samples.full(RateLimitReached.class));
        assertThat(reading.decode("RateLimitReached", limited, 0, limited.length)).isNotNull();
    }

    @Test
    void what_another_version_wrote_is_read_with_its_own_schema() throws Exception {
        var older = CurrentSchemas.idl("JobFailed", "record JobFailed { string jobId = \"\"; }");
        var fingerprint = SchemaNormalization.parsingFingerprint64(older);
        var knowing = new QuickDecoding(
                new AvroEncoding((name, wanted) -> name.equals("JobFailed") && wanted == fingerprint ? older : null),
                Set.of(), Set.of());
        var buffer = new BinaryMessageEncoder<GenericData.Record>(GenericData.get(), older)
                .encode(new GenericRecordBuilder(older).set("jobId", "j-1").build());
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        assertThat(knowing.decode("JobFailed", bytes, 0, bytes.length))
                .isEqualTo(new JobFailed("j-1", List.of(), false));
        assertThatThrownBy(() -> quick.decode("JobFailed", bytes, 0, bytes.length))
                .isInstanceOf(UnreadableRecord.class);
    }
}
