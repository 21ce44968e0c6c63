package io.campaignlauncher.access.http;

import io.campaignlauncher.frontdoor.FrontDoor;
import io.campaignlauncher.messaging.Doors;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

/** The front door before the HTTP API. */
@Configuration(proxyBeanMethods = false)
public class DoorConfiguration {

    /** Last, so that its bounds hold whatever else is set. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> frontDoor(ConfigurableEnvironment environment,
            ObjectProvider<MeterRegistry> meters, ObjectProvider<OtherBodies> bodies) {
        return factory -> {
            var address = factory.getAddress();
            var door = new FrontDoor(address == null ? "localhost" : address.getHostAddress(),
                    Doors.settings(environment), OtherBodies.all(bodies.stream()).at().negate(),
                    Doors.counted(meters.getIfAvailable(() -> Metrics.globalRegistry)));
            factory.addServerCustomizers(door::guard);
        };
    }
}
