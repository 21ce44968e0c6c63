package io.campaignlauncher.messaging;

import io.campaignlauncher.frontdoor.DoorSettings;
import io.campaignlauncher.frontdoor.ThisMachineOnly;
import java.time.Duration;
import io.campaignlauncher.frontdoor.FrontDoor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * The front door of a service's HTTP servers, as its settings say. As an initializer it ends a start with an HTTP address that is
 * not on this machine alone, before any bean is made.
 */
public final class Doors implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String PREFIX = "launch.http.";
    private static final List<String> ADDRESSES = List.of("server.address", "management.server.address");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        requireThisMachine(context.getEnvironment());
    }

    /** @throws ThisMachineOnly naming the setting */
    public static void requireThisMachine(Environment environment) {
        for (var setting : ADDRESSES) {
            var address = environment.getProperty(setting);
            if (address != null) {
                ThisMachineOnly.require(setting, address);
            }
        }
    }

    /** {@code launch.http.*}, with defaults for what is not set. */
    public static DoorSettings settings(ConfigurableEnvironment environment) {
        var binder = new Binder(ConfigurationPropertySources.from(environment.getPropertySources()));
        var defaults = DoorSettings.DEFAULTS;
        return new DoorSettings(binder.bind(PREFIX + "hosts", Bindable.listOf(String.class)).orElse(List.of()),
                number(binder, "request-line-bytes-max", defaults.requestLineBytesMax()),
                number(binder, "header-bytes-max", defaults.headerBytesMax()),
                number(binder, "headers-max", defaults.headersMax()),
                time(binder, "head-patience", defaults.headPatience()),
                time(binder, "body-patience", defaults.bodyPatience()),
                time(binder, "idle-max", defaults.idleMax()),
                number(binder, "connections-max", defaults.connectionsMax()),
                number(binder, "address-connections-max", defaults.addressConnectionsMax()));
    }

    /** Counts what a front door turns away: {@code front.door.refused} by reason, each of them from 0 on. */
    public static Consumer<String> counted(MeterRegistry meters) {
        var counters = FrontDoor.reasons().stream().collect(Collectors.toMap(Function.identity(),
                reason -> Counter.builder("front.door.refused").tag("reason", reason)
                        .description("Requests and connections that were turned away before any route")
                        .register(meters)));
        return reason -> counters.get(reason).increment();
    }

    private static int number(Binder binder, String name, int otherwise) {
        return binder.bind(PREFIX + name, Integer.class).orElse(otherwise);
    }

    private static Duration time(Binder binder, String name, Duration otherwise) {
        return binder.bind(PREFIX + name, Duration.class).orElse(otherwise);
    }
}
