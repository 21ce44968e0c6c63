package io.campaignlauncher.job.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.CredentialStored;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.SlotFault;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsFailed;
import io.campaignlauncher.schemas.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class AvroJsonTest {

    @Test
    void writes_times_words_lists_and_what_is_missing_as_anyone_would() {
        assertThat(AvroJson.of(new SlotsCreated("j", 2, List.of(new CreatedEntity(EntityType.AD_SET, 1, "77", true)),
                Instant.parse("2026-01-01T12:00:00.250Z")))).hasToString("""
                        {"jobId":"j","round":2,"slots":[{"entityType":"AD_SET","slotNumber":1,"facebookId":"77",\
                        "adopted":true}],"readableFrom":"2026-01-01T12:00:00.250Z"}""");
        assertThat(AvroJson.of(new SlotsFailed("j", 1, List.of(new SlotFault(EntityType.AD, 3, 0)),
                List.of(GraphFault.newBuilder().setKind(ErrorKind.TEMPORARY).setCode(2).setMessage("a \"word\"")
                        .build()),
                null))).hasToString("""
                        {"jobId":"j","round":1,"slots":[{"entityType":"AD","slotNumber":3,"fault":0}],"faults":[\
                        {"kind":"TEMPORARY","outcomeUnknown":false,"code":2,"subcode":null,"message":"a \\"word\\"",\
                        "fbtraceId":null,"retryAt":null}],"settledAt":null}""");
    }

    @Test
    void leaves_json_texts_texts_and_sorts_maps() {
        assertThat(AvroJson.of(new AdSetSpec(2_000_000_000_000L, "IMPRESSIONS", "REACH", "{\"a\":1}",
                Map.of("b", "2", "a", "\"x\"", "c", "3")))).hasToString("""
                        {"dailyBudget":2000000000000,"billingEvent":"IMPRESSIONS","optimizationGoal":"REACH",\
                        "targeting":"{\\"a\\":1}","graphFields":{"a":"\\"x\\"","b":"2","c":"3"}}""");
    }

    @Test
    void writes_bytes_as_base64_and_leaves_them_unread() {
        var bytes = ByteBuffer.wrap(new byte[]{ 1, 2, 3 });
        assertThat(AvroJson.of(CredentialStored.newBuilder().setCredentialId("c").setEncryptedToken(bytes).build())
                .toString()).startsWith("{\"credentialId\":\"c\",\"encryptedToken\":\"AQID\",\"tenant\":\"local\",");
        assertThat(bytes.remaining()).isEqualTo(3);
    }

    static Stream<Class<? extends SpecificRecord>> messages() {
        return Stream.of(Topic.values()).flatMap(topic -> topic.messages().stream());
    }

    /** No schema may come to hold a type that the history cannot show. */
    @ParameterizedTest
    @MethodSource("messages")
    void can_write_every_message_there_is(Class<? extends SpecificRecord> type) throws Exception {
        var schema = SpecificData.get().getSchema(type);
        var message = type.getDeclaredConstructor().newInstance();
        for (var field : schema.getFields()) {
            message.put(field.pos(), sample(field.schema()));
        }
        var json = AvroJson.of(message);
        assertThat(json.propertyNames())
                .containsExactlyElementsOf(schema.getFields().stream().map(Schema.Field::name).toList());
        assertThat(JsonMapper.shared().readTree(json.toString())).hasToString(json.toString());
    }

    private static Object sample(Schema schema) throws ReflectiveOperationException {
        return switch (schema.getType()) {
            case RECORD -> {
                Class<?> type = SpecificData.get().getClass(schema);
                var inner = (SpecificRecord) type.getDeclaredConstructor().newInstance();
                for (var field : schema.getFields()) {
                    inner.put(field.pos(), sample(field.schema()));
                }
                yield inner;
            }
            case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().getLast(), schema);
            case ARRAY -> List.of(sample(schema.getElementType()));
            case MAP -> Map.of("name", sample(schema.getValueType()));
            case UNION -> sample(schema.getTypes().getLast());
            case STRING -> "text";
            case BYTES -> ByteBuffer.wrap(new byte[]{ 1 });
            case INT -> 7;
            case LONG -> schema.getLogicalType() == null ? 8L : (Object) Instant.parse("2026-01-01T12:00:00Z");
            case BOOLEAN -> true;
            case FLOAT -> 1.5f;
            case DOUBLE -> 2.5;
            case FIXED, NULL -> throw new IllegalArgumentException("no sample of a " + schema.getType());
        };
    }
}
