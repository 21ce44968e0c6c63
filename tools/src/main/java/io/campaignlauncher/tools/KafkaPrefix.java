package io.campaignlauncher.tools;

import io.campaignlauncher.schemas.KafkaNames;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which installation of a Kafka that several share is meant. */
final class KafkaPrefix {

    @Option(names = "--prefix", paramLabel = "PREFIX", defaultValue = "${env:KAFKA_PREFIX:-}", converter = Text.class, description = "What topics and groups begin with there, the services' kafka.prefix (default: $KAFKA_PREFIX, else nothing).")
    private KafkaNames names = KafkaNames.PLAIN;

    KafkaNames names() {
        return names;
    }

    /** As it is written. */
    static final class Text implements ITypeConverter<KafkaNames> {

        @Override
        public KafkaNames convert(String text) {
            try {
                return new KafkaNames(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
