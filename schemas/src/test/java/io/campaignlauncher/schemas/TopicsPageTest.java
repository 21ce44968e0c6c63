package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keeps docs/topics.md true. */
class TopicsPageTest {

    private String page = "";

    @BeforeEach
    void read() throws Exception {
        page = Files.readString(TopicsPage.FILE);
    }

    @Test
    void the_examples_are_what_runs() {
        assertThat(page).as("to mend the examples, run: %s", SchemaReleases.COMMAND)
                .isEqualTo(TopicsPage.withExamples(page));
    }

    @Test
    void the_fields_in_the_example_of_bytes_are_all_of_the_record() {
        var hex = TopicsPage.bytesExample().lines().map(line -> line.substring(0, Math.min(line.length(), 48)).strip())
                .reduce("", (before, line) -> before + line.replace(" ", ""));
        assertThat(hex).isEqualTo(HexFormat.of().formatHex(TopicsPage.published().value()));
    }

    @Test
    void the_example_of_publishing_publishes_a_request_on_its_topic() {
        var record = TopicsPage.published();
        assertThat(record.topic()).isEqualTo("campaign.commands");
        assertThat(record.key()).isEqualTo(JobIds.of("u-1", "summer-2026").toString());
        assertThat(page).contains(record.key());
    }

    @Test
    void every_topic_has_a_row_with_its_key_partitions_and_retention() {
        for (var topic : Topic.values()) {
            assertThat(page.lines().filter(line -> line.startsWith("| `" + topic.topicName() + "` |"))).singleElement()
                    .asString().contains("| " + key(topic) + " |")
                    .endsWith("| " + kept(topic) + " | " + topic.partitions()
                            + " |");
        }
    }

    @Test
    void every_message_has_a_line_under_its_topic_and_nothing_else_has() {
        for (var topic : Topic.values()) {
            var heading = "### `" + topic.topicName() + "`\n";
            assertThat(page).containsOnlyOnce(heading);
            var section = page.substring(page.indexOf(heading) + heading.length()).split("\n#")[0];
            assertThat(section.lines().filter(line -> line.startsWith("| `")).map(line -> line.split("`")[1]))
                    .containsExactlyElementsOf(topic.messages().stream().map(Class::getSimpleName).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_topic_has_a_sample_that_its_readers_can_read(Topic topic) {
        var sample = SampleRecords.of(topic);
        var received = new LaunchRecords().read(new ConsumerRecord<>(sample.topic(), 0, 0, 0, TimestampType.CREATE_TIME,
                0, 0, sample.key(), sample.value(), sample.headers(), Optional.empty()));

        assertThat(sample.topic()).isEqualTo(topic.topicName());
        assertThat(topic.messages()).contains(received.message().getClass());
        assertThat(sample.key()).isEqualTo(switch (topic.key()) {
            case JOB_ID -> received.envelope().subject();
            case AD_ACCOUNT_ID -> ((CreateEntities) received.message()).getAdAccountId();
            case CREDENTIAL_ID -> ((CredentialStored) received.message()).getCredentialId();
            case KILL_SWITCH -> ((KillSwitchTurned) received.message()).getName();
            case INSTANCE_ID -> ((FeatureLevelAnnounced) received.message()).getInstanceId();
            case ACCESS -> "key:" + ((ApiKeyStored) received.message()).getPrefix();
            case TENANT -> ((AuditEntry) received.message()).getTenant();
            case CAMPAIGN_ID -> ((TargetApproved) received.message()).getCampaignId();
            case TARGET_ID -> received.envelope().subject();
        });
        assertThat(page).containsOnlyOnce("<!-- example: " + topic.topicName() + " -->");
        var headers = page.split("## What a record looks like")[1].split("### The value")[0];
        sample.headers().forEach(header -> assertThat(headers).contains("`" + header.key() + "`"));
    }

    private static String key(Topic topic) {
        return switch (topic.key()) {
            case JOB_ID -> "job id";
            case AD_ACCOUNT_ID -> "ad account id";
            case CREDENTIAL_ID -> "credential id";
            case KILL_SWITCH -> "kill switch";
            case INSTANCE_ID -> "instance id";
            case ACCESS -> "who";
            case TENANT -> "tenant";
            case CAMPAIGN_ID -> "campaign id";
            case TARGET_ID -> "target id";
        };
    }

    private static String kept(Topic topic) {
        var settings = topic.settings();
        return "compact".equals(settings.get("cleanup.policy")) ? "the latest of each key"
                : "-1".equals(settings.get("retention.ms")) ? "for ever"
                        : days(Long.parseLong(settings.get("retention.ms")) / 86_400_000);
    }

    private static String days(long days) {
        return days + (days == 1 ? " day" : " days");
    }
}
