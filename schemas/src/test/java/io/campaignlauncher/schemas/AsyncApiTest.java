package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** Keeps asyncapi.yaml in step with the topics, the messages and the records. */
class AsyncApiTest {

    private static final String DEAD_LETTER = "DeadLetter";

    private final AsyncApi contract = AsyncApi.read();

    @Test
    void every_topic_and_its_dead_letters_are_channels_and_nothing_else_is() {
        assertThat(contract.mapAt("channels").keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Topic.values())
                        .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterName())).toList());
        contract.mapAt("channels").forEach((name, channel) -> {
            assertThat(AsyncApi.map(channel)).containsEntry("address", name);
            assertThat(contract.at("channels/" + name + "/bindings/kafka/topic")).isEqualTo(name);
        });
    }

    @Test
    void every_channel_carries_the_messages_of_its_topic() {
        for (var topic : Topic.values()) {
            assertThat(contract.mapAt("channels/" + topic.topicName() + "/messages").keySet())
                    .containsExactlyElementsOf(topic.messages().stream().map(Class::getSimpleName).toList());
            assertThat(contract.mapAt("channels/" + topic.deadLetterName() + "/messages"))
                    .containsOnlyKeys(DEAD_LETTER);
        }
    }

    @Test
    void every_channel_has_the_partitions_and_settings_of_its_topic() {
        for (var topic : Topic.values()) {
            var kafka = contract.mapAt("channels/" + topic.topicName() + "/bindings/kafka");
            assertThat(kafka).containsEntry("partitions", topic.partitions());
            var settings = new HashMap<String, String>();
            AsyncApi.map(kafka.get("topicConfiguration")).forEach((name, value) -> settings.put(name,
                    value instanceof List<?> list ? String.valueOf(list.getFirst()) : String.valueOf(value)));
            assertThat(settings).isEqualTo(topic.settings());
        }
    }

    @Test
    void every_message_is_described_and_nothing_else_is() {
        var names = CurrentSchemas.messages().stream().map(schema -> schema.getName());
        assertThat(contract.mapAt("components/messages").keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(names, Stream.of(DEAD_LETTER)).toList());
    }

    @Test
    void every_message_points_to_the_latest_release_of_its_schema() throws Exception {
        var text = Files.readString(AsyncApi.FILE);
        assertThat(text).as("to mend it, run: %s", SchemaReleases.COMMAND)
                .isEqualTo(AsyncApi.withLatest(text, new SchemaReleases(SchemaReleases.FOLDER)));
        for (var schema : CurrentSchemas.messages()) {
            var message = contract.mapAt("components/messages/" + schema.getName());
            assertThat(message).containsEntry("name", schema.getName());
            assertThat(contract.at("components/messages/" + schema.getName() + "/payload/schemaFormat"))
                    .isEqualTo("application/vnd.apache.avro;version=1.12.0");
            assertThat((String) contract.at("components/messages/" + schema.getName() + "/payload/schema/$ref"))
                    .startsWith(AsyncApi.RELEASED + schema.getName() + "/v");
        }
    }

    @Test
    void every_message_has_the_key_of_its_topic() {
        for (var topic : Topic.values()) {
            var trait = switch (topic.key()) {
                case JOB_ID -> "keyedByJob";
                case AD_ACCOUNT_ID -> "keyedByAdAccount";
                case CREDENTIAL_ID -> "keyedByCredential";
                case KILL_SWITCH -> "keyedByKillSwitch";
                case INSTANCE_ID -> "keyedByInstance";
                case ACCESS -> "keyedByAccess";
                case TENANT -> "keyedByTenant";
                case CAMPAIGN_ID -> "keyedByCampaign";
                case TARGET_ID -> "keyedByTarget";
            };
            for (var type : topic.messages()) {
                assertThat((Collection<?>) contract.at("components/messages/" + type.getSimpleName() + "/traits"))
                        .anySatisfy(each -> assertThat(contract.resolved(each))
                                .isSameAs(contract.at("components/messageTraits/" + trait)));
            }
        }
    }

    @Test
    void the_headers_are_those_that_a_record_has() {
        var envelope = new Envelope("e", "JobFailed", "/s", "j", Instant.EPOCH, 1L, "c", "e0", "t")
                .ownedBy("acme", "ann");
        var record = new LaunchRecords().record(Topic.JOB_EVENTS, "j", new JobFailed("j", List.of(), false), envelope);
        assertThat(contract.mapAt("components/schemas/cloudEventHeaders/properties").keySet())
                .containsExactlyInAnyOrderElementsOf(StreamSupport.stream(record.headers().spliterator(), false)
                        .map(Header::key).toList());
    }

    @Test
    void every_topic_is_written_and_read_by_someone() {
        var operations = contract.mapAt("operations").values().stream().map(AsyncApi::map).toList();
        for (var topic : Topic.values()) {
            assertThat(actions(operations, topic.topicName())).contains("send", "receive");
            // What cannot be read there counts as absent or over, and no service reads the audit: so nobody parks it.
            assertThat(actions(operations, topic.deadLetterName()).anyMatch("send"::equals))
                    .isEqualTo(topic != Topic.CREDENTIALS && topic != Topic.KILL_SWITCHES
                            && topic != Topic.FEATURE_LEVELS && topic != Topic.ACCESS && topic != Topic.AUDIT);
        }
    }

    @Test
    void every_reference_leads_somewhere() {
        references(contract.root()).forEach(reference -> {
            if (reference.startsWith("#/")) {
                assertThatCode(() -> contract.at(reference.substring(2))).as(reference).doesNotThrowAnyException();
            } else {
                assertThat(Path.of(reference)).isRegularFile();
            }
        });
    }

    private static Stream<Object> actions(List<Map<String, Object>> operations, String channel) {
        return operations.stream()
                .filter(operation -> AsyncApi.map(operation.get("channel")).containsValue("#/channels/" + channel))
                .map(operation -> operation.get("action"));
    }

    private static Stream<String> references(Object node) {
        return switch (node) {
            case Map<?, ?> map when map.get("$ref") instanceof String reference -> Stream.of(reference);
            case Map<?, ?> map -> map.values().stream().flatMap(AsyncApiTest::references);
            case List<?> list -> list.stream().flatMap(AsyncApiTest::references);
            default -> Stream.empty();
        };
    }
}
