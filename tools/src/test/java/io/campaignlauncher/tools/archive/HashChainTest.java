package io.campaignlauncher.tools.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.tools.LaunchedJob;
import io.campaignlauncher.eventstore.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashChainTest {

    private final LaunchedJob job = LaunchedJob.completed("chained", 2, 0);

    @Test
    void each_link_of_the_first_format_is_the_hash_of_the_one_before_and_of_three_fields()
            throws IOException, NoSuchAlgorithmException {
        var chain = new HashChain(ExportFormat.FIRST);
        var link = new byte[32];
        assertThat(chain.link()).isEqualTo(link);
        for (var event : job.events()) {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            out.write(link);
            out.write(event.eventId().getBytes(StandardCharsets.UTF_8));
            out.writeLong(event.sequence());
            out.write(event.payload());
            link = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            assertThat(chain.add(event)).isEqualTo(link);
            assertThat(chain.link()).isEqualTo(link);
        }
    }

    @Test
    void another_order_ends_in_another_link() {
        var one = new HashChain(ExportFormat.LATEST);
        job.events().forEach(one::add);
        var other = new HashChain(ExportFormat.LATEST);
        job.events().reversed().forEach(other::add);
        assertThat(HexFormat.of().formatHex(one.link())).isNotEqualTo(HexFormat.of().formatHex(other.link()));
    }

    @Test
    void each_link_is_the_hash_of_the_one_before_and_of_every_field_with_its_length() throws Exception {
        var chain = new HashChain(ExportFormat.SECOND);
        var link = new byte[32];
        for (var event : job.events()) {
            var bytes = new ByteArrayOutputStream();
            var out = new DataOutputStream(bytes);
            out.write(link);
            out.writeLong(8);
            out.writeLong(event.globalIndex());
            for (var text : List.of(event.eventId(), event.jobId())) {
                withLength(out, text.getBytes(StandardCharsets.UTF_8));
            }
            out.writeLong(8);
            out.writeLong(event.sequence());
            for (var text : List.of(event.time(), event.type())) {
                withLength(out, text.getBytes(StandardCharsets.UTF_8));
            }
            withLength(out, event.metaData());
            withLength(out, event.payload());
            link = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            assertThat(chain.add(event)).isEqualTo(link);
        }
    }

    private static void withLength(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeLong(bytes.length);
        out.write(bytes);
    }

    @Test
    void each_field_of_an_event_counts_and_where_it_ends() {
        var event = new StoredEvent(1, "ab", "c", 2, "2026-01-01T00:00:00Z", "JobFailed", new byte[]{ 1 },
                new byte[]{ 2 });
        var others = List.of(
                new StoredEvent(2, "ab", "c", 2, event.time(), event.type(), event.payload(), event.metaData()),
                new StoredEvent(1, "a", "bc", 2, event.time(), event.type(), event.payload(), event.metaData()),
                new StoredEvent(1, "ab", "d", 2, event.time(), event.type(), event.payload(), event.metaData()),
                new StoredEvent(1, "ab", "c", 3, event.time(), event.type(), event.payload(), event.metaData()),
                new StoredEvent(1, "ab", "c", 2, "2026-01-01T00:00:01Z", event.type(), event.payload(),
                        event.metaData()),
                new StoredEvent(1, "ab", "c", 2, event.time(), "JobCompleted", event.payload(), event.metaData()),
                new StoredEvent(1, "ab", "c", 2, event.time(), event.type(), new byte[0], new byte[]{ 2, 1 }),
                new StoredEvent(1, "ab", "c", 2, event.time(), event.type(), event.payload(), new byte[]{ 3 }));
        assertThat(others).allSatisfy(other -> assertThat(new HashChain(ExportFormat.SECOND).add(other))
                .isNotEqualTo(new HashChain(ExportFormat.SECOND).add(event)));
    }
}
