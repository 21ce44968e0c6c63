package io.campaignlauncher.tools.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.tools.LaunchedJob;
import io.campaignlauncher.eventstore.StoredEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventLineTest {

    private final EventLine lines = new EventLine(new AvroEncoding());
    private final byte[] link = new byte[32];

    @Test
    void tells_an_event_with_its_payload_in_plain_json() {
        var event = LaunchedJob.begun("line", 2, 0).events().getFirst();
        var text = new String(lines.of(event, link), StandardCharsets.UTF_8);
        assertThat(text).endsWith("}\n").hasLineCount(1);
        var json = JsonMapper.shared().readTree(text);
        assertThat(json.path("type").asString()).isEqualTo("JobAccepted");
        assertThat(json.path("eventId").asString()).isEqualTo(event.eventId());
        assertThat(json.path("metaData").path("causationId").asString()).isEqualTo("cause-0");
        assertThat(json.path("link").asString()).isEqualTo("00".repeat(32));
        var request = json.path("payload").path("request");
        assertThat(request.path("strategy").asString()).isEqualTo("FOR_ALL");
        assertThat(request.path("pixelId").isNull()).isTrue();
        assertThat(request.path("adSet").path("graphFields").propertyNames()).containsExactly("attribution_spec",
                "bid_amount");
    }

    @Test
    void tells_times_as_texts() {
        var event = LaunchedJob.rolledBack("times", 1, 0).events().stream()
                .filter(each -> each.type().equals("SlotsCreated")).findFirst().orElseThrow();
        var json = JsonMapper.shared().readTree(lines.of(event, link));
        assertThat(json.path("payload").path("readableFrom").asString()).startsWith("2026-01-01T00:00:").endsWith("Z");
    }

    @Test
    void keeps_the_bytes_of_a_payload_that_it_cannot_read() {
        var event = new StoredEvent(1, "id", "job", 0, "2026-01-01T00:00:00Z", "NotKnownYet", new byte[]{ 1, 2, 3 },
                new byte[0]);
        assertThat(new String(lines.of(event, link), StandardCharsets.UTF_8)).contains("\"payloadBase64\":\"AQID\"")
                .isEqualTo(new String(lines.ofUnreadable(event, link), StandardCharsets.UTF_8));
    }
}
