package io.campaignlauncher.messaging;

import io.campaignlauncher.frontdoor.DoorSettings;
import io.campaignlauncher.frontdoor.FrontDoor;
import io.campaignlauncher.frontdoor.ThisMachineOnly;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * The front door of a service's HTTP servers, as its settings say. As an initializer it ends a start with an HTTP address that is
 * not on this machine alone, before any bean is made, unless everybody has to show who they are.
 */
public final class Doors implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final List<String> ADDRESSES = List.of("server.address", "management.server.address");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        requireThisMachine(context.getEnvironment());
    }

    /** @throws ThisMachineOnly naming the setting, and the one by which it may be another address */
    public static void requireThisMachine(Environment environment) {
        if (SecurityMode.of(environment) == SecurityMode.TOKENS) {
            return;
        }
        for (var setting : ADDRESSES) {
            var address = environment.getProperty(setting);
            if (address != null) {
                ThisMachineOnly.require(setting, address, SecurityMode.SETTING + "=tokens");
            }
        }
    }

    /** {@code launch.http.*}, with defaults for what is not set. */
    public static DoorSettings settings(Environment environment) {
        return Settings.of(environment, DoorProperties.class).settings();
    }

    /** Counts what a front door turns away: {@code front.door.refused} by reason, each of them from 0 on. */
    public static Consumer<String> counted(MeterRegistry meters) {
        FrontDoor.reasons().forEach(reason -> refused(meters, reason));
        return reason -> refused(meters, reason).increment();
    }

    private static Counter refused(MeterRegistry meters, String reason) {
        return Counter.builder("front.door.refused").tag("reason", reason)
                .description("Requests and connections that were turned away before any route")
                .register(meters);
    }
}
