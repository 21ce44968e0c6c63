package io.campaignlauncher.tools.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.tools.LaunchedJob;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HashChainTest {

    private final LaunchedJob job = LaunchedJob.completed("chained", 2, 0);

    @Test
    void each_link_is_the_hash_of_the_one_before_and_of_the_event() throws IOException, NoSuchAlgorithmException {
        var chain = new HashChain();
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
        var one = new HashChain();
        job.events().forEach(one::add);
        var other = new HashChain();
        job.events().reversed().forEach(other::add);
        assertThat(HexFormat.of().formatHex(one.link())).isNotEqualTo(HexFormat.of().formatHex(other.link()));
    }
}
