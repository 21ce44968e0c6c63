package io.campaignlauncher.rollback;

import io.campaignlauncher.access.http.PageAccessConfiguration;
import io.campaignlauncher.access.known.KnownAccessConfiguration;
import io.campaignlauncher.messaging.Doors;
import io.campaignlauncher.messaging.ManagementPageConfiguration;
import io.campaignlauncher.messaging.MessagingConfiguration;
import io.campaignlauncher.messaging.SecretFiles;
import io.campaignlauncher.rollback.kafka.RollbackConfiguration;
import io.campaignlauncher.telemetry.EcsLogs;
import io.campaignlauncher.worker.WorkerConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The rollback service as a program, or as one of several services in a process: then each has a context of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({ MessagingConfiguration.class, WorkerConfiguration.class, ManagementPageConfiguration.class,
    PageAccessConfiguration.class,
    KnownAccessConfiguration.class,
    RollbackConfiguration.class })
public class RollbackService {

    /**
     * Not started yet; needs {@code kafka.bootstrap-servers}, {@code graph.base-url} and {@code launch.credentials.key};
     * with {@code spring.datasource.url} it shares the paces of accounts with creators.
     */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(RollbackService.class).web(WebApplicationType.NONE)
                .properties("spring.application.name=rollback-service")
                .initializers(new SecretFiles(), new Doors());
    }

    public static void main(String[] args) {
        application().properties(EcsLogs.PROCESS).run(args);
    }
}
