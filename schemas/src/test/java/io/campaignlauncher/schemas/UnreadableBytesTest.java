package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes arrive: they are read, or they are an {@link UnreadableRecord}, and cost no more memory than they are worth. */
class UnreadableBytesTest {

    private static final int HEADER = 10;
    private static final int MUTATIONS = 400;
    private static final long ALLOCATED_MAX = 1_000_000;

    private final AvroEncoding encoding = new AvroEncoding();

    static List<Class<? extends SpecificRecord>> messages() {
        return CurrentSchemas.messageClasses();
    }

    @Test
    void nothing_is_unreadable() {
        assertThatThrownBy(() -> encoding.decode("JobFailed", null)).isInstanceOf(UnreadableRecord.class)
                .hasMessage("a JobFailed without a value");
    }

    @Test
    void no_bytes_one_byte_and_a_wrong_marker_are_unreadable() {
        var bytes = encoding.encode(Samples.full(JobFailed.class));
        var otherMarker = bytes.clone();
        otherMarker[1] = 2;
        assertThat(Stream.of(new byte[0], new byte[]{ (byte) 0xC3 }, Arrays.copyOf(bytes, HEADER - 1), otherMarker))
                .allSatisfy(each -> assertThatThrownBy(() -> encoding.decode("JobFailed", each))
                        .isInstanceOf(UnreadableRecord.class)
                        .hasMessageContaining("not in Avro single-object encoding"));
    }

    @Test
    void a_name_that_no_message_has_is_unreadable() {
        assertThatThrownBy(() -> encoding.decode("CreateEverything", new byte[HEADER]))
                .isInstanceOf(UnreadableRecord.class).hasMessage("no message is called CreateEverything");
        assertThatThrownBy(() -> encoding.classOf("CreateEverything")).isInstanceOf(UnreadableRecord.class);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void bytes_cut_short_anywhere_are_unreadable(Class<? extends SpecificRecord> type) {
        var bytes = encoding.encode(Samples.full(type));
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> encoding.decode(type.getSimpleName(), cut)).isInstanceOf(UnreadableRecord.class);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void bytes_left_over_are_unreadable(Class<? extends SpecificRecord> type) {
        var bytes = encoding.encode(Samples.full(type));
        assertThatThrownBy(() -> encoding.decode(type.getSimpleName(), Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(UnreadableRecord.class).hasMessageContaining("more bytes");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void damaged_bytes_are_read_or_unreadable(Class<? extends SpecificRecord> type) {
        var random = new Random(type.getSimpleName().hashCode());
        var bytes = encoding.encode(Samples.full(type));
        var unreadable = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            var damaged = damaged(bytes, random);
            var failure = catchThrowable(() -> encoding.decode(type.getSimpleName(), damaged));
            if (failure != null) {
                assertThat(failure).isInstanceOf(UnreadableRecord.class);
                unreadable++;
            }
        }
        assertThat(unreadable).isGreaterThan(MUTATIONS / 10);
        assertThat(encoding.decode(type.getSimpleName(), bytes)).as("afterwards").isEqualTo(Samples.full(type));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void random_bytes_after_the_fingerprint_are_read_or_unreadable(Class<? extends SpecificRecord> type) {
        var random = new Random(type.getSimpleName().hashCode());
        var bytes = encoding.encode(Samples.full(type));
        for (int i = 0; i < MUTATIONS; i++) {
            var body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            var failure = catchThrowable(() -> encoding.decode(type.getSimpleName(), joined(bytes, body)));
            assertThat(failure == null || failure instanceof UnreadableRecord).isTrue();
        }
    }

    @Test
    void a_huge_length_is_unreadable_before_anything_of_that_size_is_made() throws Exception {
        for (long length : List.of(Integer.MAX_VALUE - 8L, (long) Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1L,
                Long.MIN_VALUE)) {
            unreadableAtNoCost("JobFailed", Samples.full(JobFailed.class), length);
            unreadableAtNoCost("JobFailed", Samples.full(JobFailed.class), 0, length);
            unreadableAtNoCost("JobFailed", Samples.full(JobFailed.class), 0, length, length);
            unreadableAtNoCost("EntitiesSnapshotted", Samples.full(EntitiesSnapshotted.class), 0, 0, length);
            unreadableAtNoCost("CredentialStored", Samples.full(CredentialStored.class), 0, length);
        }
    }

    private void unreadableAtNoCost(String name, SpecificRecord sample, long... numbers) throws IOException {
        var bytes = joined(encoding.encode(sample), numbers(numbers));
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        var failure = catchThrowable(() -> encoding.decode(name, bytes));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(ALLOCATED_MAX);
        assertThat(failure).isInstanceOf(UnreadableRecord.class);
    }

    private static byte[] numbers(long... numbers) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        for (var number : numbers) {
            encoder.writeLong(number);
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[] message, byte[] body) {
        var bytes = Arrays.copyOf(message, HEADER + body.length);
        System.arraycopy(body, 0, bytes, HEADER, body.length);
        return bytes;
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        var damaged = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)) : bytes.clone();
        var start = random.nextInt(20) == 0 ? 0 : Math.min(HEADER, damaged.length - 1);
        for (int i = random.nextInt(6); i >= 0; i--) {
            damaged[start + random.nextInt(damaged.length - start)] = (byte) random.nextInt();
        }
        return damaged;
    }
}
