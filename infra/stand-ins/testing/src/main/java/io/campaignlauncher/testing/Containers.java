package io.campaignlauncher.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Kafka and PostgreSQL as Docker images, with the settings that the embedded ones have. */
final class Containers {

    static final String POSTGRES_IMAGE = "postgres:18";
    static final String KAFKA_SETTINGS = "/kafka-container.properties";
    static final String POSTGRES_SETTINGS = "/postgres-container.properties";

    /** The same order of texts on every machine. */
    private static final String LOCALE = "--encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C";

    private Containers() {}

    /** Of the version that the client libraries have. */
    static String kafkaImage() {
        return "apache/kafka:" + AppInfoParser.getVersion();
    }

    /** Not started. */
    static KafkaContainer kafka() {
        return new KafkaContainer(kafkaImage())
                .withEnv(kafkaEnvironment(settings(KAFKA_SETTINGS)));
    }

    /** Not started. */
    static PostgreSQLContainer postgres(String user) {
        return new PostgreSQLContainer(POSTGRES_IMAGE)
                .withDatabaseName(user)
                .withUsername(user)
                .withPassword(user)
                .withEnv("POSTGRES_INITDB_ARGS", LOCALE)
                .withCommand(postgresCommand(settings(POSTGRES_SETTINGS)));
    }

    /** @param image for the message; asking the container would fetch the image once more */
    static <C extends GenericContainer<C>> C started(C container, String image) {
        try {
            container.start();
            return container;
        } catch (RuntimeException e) {
            throw new IllegalStateException("the container of " + image + " did not start (-D" + ServerKind.PROPERTY
                    + "=embedded does without Docker): " + root(e).getMessage(), e);
        }
    }

    /** The image makes {@code a.b=c} of {@code KAFKA_A_B=c}. */
    static Map<String, String> kafkaEnvironment(Map<String, String> settings) {
        return settings.entrySet()
                .stream()
                .collect(Collectors.toMap(
                        setting -> "KAFKA_" + setting.getKey().replace('.', '_').toUpperCase(Locale.ROOT),
                        Map.Entry::getValue));
    }

    static String[] postgresCommand(Map<String, String> settings) {
        return Stream
                .concat(Stream.of("postgres"),
                        settings.entrySet().stream().flatMap(setting -> Stream.of("-c",
                                setting.getKey() + "=" + setting.getValue())))
                .toArray(String[]::new);
    }

    static Map<String, String> settings(String resource) {
        var properties = new Properties();
        try (var in = Objects.requireNonNull(Containers.class.getResourceAsStream(resource), resource)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var settings = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private static Throwable root(Throwable error) {
        return error.getCause() == null ? error : root(error.getCause());
    }
}
