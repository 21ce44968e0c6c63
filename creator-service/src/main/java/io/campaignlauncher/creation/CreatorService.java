package io.campaignlauncher.creation;

import io.campaignlauncher.access.http.PageAccessConfiguration;
import io.campaignlauncher.access.known.KnownAccessConfiguration;
import io.campaignlauncher.messaging.AwaitedDatabase;
import io.campaignlauncher.messaging.Doors;
import io.campaignlauncher.messaging.ManagementPageConfiguration;
import io.campaignlauncher.messaging.MessagingConfiguration;
import io.campaignlauncher.messaging.SecretFiles;
import io.campaignlauncher.telemetry.EcsLogs;
import io.campaignlauncher.worker.calls.JobCallsConfiguration;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The creator as a program of its own, or as one context among others in a JVM. It finds nothing by scanning. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({ MessagingConfiguration.class, ManagementPageConfiguration.class, PageAccessConfiguration.class,
    KnownAccessConfiguration.class,
    JobCallsConfiguration.class, CreatorConfiguration.class })
public class CreatorService {

    public static final String NAME = "creator-service";

    public static void main(String[] arguments) {
        AwaitedDatabase.start(() -> application().properties(EcsLogs.PROCESS).run(arguments));
    }

    /** Not started yet, for whoever wants to add settings. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(CreatorService.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of("spring.application.name", NAME))
                .initializers(new SecretFiles(), new Doors(), new AwaitedDatabase());
    }
}
