package io.campaignlauncher.job.axon;

import io.campaignlauncher.schemas.AvroEncoding;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores events in the bytes that are published (Avro single-object encoding, named by their record), and what travels beside
 * them as a JSON object of strings.
 */
final class StoredMessageSerializer implements Serializer {

    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};
    private static final SimpleSerializedType META_DATA = new SimpleSerializedType(MetaData.class.getName(), null);

    private final AvroEncoding encoding;
    private final JsonMapper json;
    private final Converter converter = new ChainingConverter();

    StoredMessageSerializer(AvroEncoding encoding, JsonMapper json) {
        this.encoding = encoding;
        this.json = json;
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> expectedRepresentation) {
        var bytes = switch (object) {
            case SpecificRecord message -> encoding.encode(message);
            case MetaData metaData -> json.writeValueAsBytes(metaData);
            case null, default -> throw new IllegalArgumentException("neither a message nor metadata: " + object);
        };
        return new SimpleSerializedObject<>(converter.convert(bytes, expectedRepresentation), expectedRepresentation,
                object instanceof SpecificRecord message ? new SimpleSerializedType(message.getSchema().getName(), null)
                        : META_DATA);
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> expectedRepresentation) {
        return converter.canConvert(byte[].class, expectedRepresentation);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        var bytes = converter.convert(serialized.getData(), byte[].class);
        if (META_DATA.getName().equals(serialized.getType().getName())) {
            return (T) MetaData.from(new LinkedHashMap<>(json.readValue(bytes, STRINGS)));
        }
        return (T) encoding.decode(serialized.getType().getName(), bytes);
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        return META_DATA.getName().equals(type.getName()) ? MetaData.class : encoding.classOf(type.getName());
    }

    @Override
    public SerializedType typeForClass(@SuppressWarnings("rawtypes") Class type) {
        return MetaData.class.equals(type) ? META_DATA : new SimpleSerializedType(type.getSimpleName(), null);
    }

    @Override
    public Converter getConverter() {
        return converter;
    }
}
