package io.campaignlauncher.messaging;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/** Where spans go, by the names that Spring Boot has for it. */
final class SpanSettings {

    private SpanSettings() {}

    /**
     * A collector.
     *
     * @param endpoint address of an OTLP collector for spans; empty: they are not sent
     */
    @ConfigurationProperties("management.opentelemetry.tracing.export.otlp")
    record Collector(@DefaultValue("") String endpoint) {}

    /**
     * The same by its former name.
     *
     * @param endpoint former name of {@code management.opentelemetry.tracing.export.otlp.endpoint}, which goes before it
     */
    @ConfigurationProperties("management.otlp.tracing")
    record FormerCollector(@DefaultValue("") String endpoint) {}

    /**
     * How many spans are sent.
     *
     * @param probability share of traces whose spans are sent, 0 to 1
     */
    @ConfigurationProperties("management.tracing.sampling")
    record Sampling(@DefaultValue("1.0") double probability) {

        Sampling {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException(
                        "management.tracing.sampling.probability must be 0 to 1, not " + probability);
            }
        }
    }

    /** Empty where spans are not sent. */
    static String endpoint(Environment environment) {
        var endpoint = Settings.of(environment, Collector.class).endpoint();
        return endpoint.isBlank() ? Settings.of(environment, FormerCollector.class).endpoint() : endpoint;
    }

    static double probability(Environment environment) {
        return Settings.of(environment, Sampling.class).probability();
    }
}
