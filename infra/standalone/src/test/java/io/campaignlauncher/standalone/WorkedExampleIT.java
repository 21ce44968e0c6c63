package io.campaignlauncher.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** A program that has nothing of ours but {@code docs/topics.md} publishes the bytes that stand there. */
@OnRunningSystem
class WorkedExampleIT {

    private static final String JOB = "f3bd534f-c963-3068-b156-a4d57860e592";
    private static final int HEX_COLUMNS = 48;

    private final RunningSystem system;

    WorkedExampleIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void the_bytes_of_the_page_are_a_launch() throws Exception {
        system.http().put("/v1/credentials/default", Map.of("accessToken", RunningSystem.TOKEN));

        publish(bytesOfThePage());

        var job = system.settled(JOB);
        assertThat(job.path("status").asString()).isEqualTo("completed");
        assertThat(job.path("campaignName").asString()).isEqualTo("Summer sale");
        assertThat(job.path("strategy").asString()).isEqualTo("ONE_FIFTY_ONE");
        assertThat(job.path("requested").path("adSets").asInt()).isEqualTo(50);
        Invariants.hold(system, JOB);
    }

    private static byte[] bytesOfThePage() throws IOException {
        var page = Files.readString(Path.of("../../docs/topics.md"));
        var block = page.split("<!-- example: bytes -->\n```text\n")[1].split("```")[0];
        return HexFormat.of()
                .parseHex(block.lines().map(line -> line.substring(0, Math.min(HEX_COLUMNS, line.length())))
                        .collect(joining()).replace(" ", ""));
    }

    private void publish(byte[] value) throws Exception {
        var record = new ProducerRecord<>("campaign.commands", JOB, value);
        Map.of("content-type", "application/avro", "ce_specversion", "1.0", "ce_id", JOB, "ce_type", "CreateCampaign",
                "ce_source", "/shop", "ce_subject", JOB, "ce_time", "2026-03-29T12:00:00Z")
                .forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        try (var producer = new KafkaProducer<>(system.kafka(Map.of()), new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }
}
