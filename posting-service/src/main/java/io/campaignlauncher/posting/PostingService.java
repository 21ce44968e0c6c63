package io.campaignlauncher.posting;

import io.campaignlauncher.access.http.PageAccessConfiguration;
import io.campaignlauncher.access.known.KnownAccessConfiguration;
import io.campaignlauncher.messaging.AwaitedDatabase;
import io.campaignlauncher.messaging.Doors;
import io.campaignlauncher.messaging.KafkaConfiguration;
import io.campaignlauncher.messaging.ManagementPageConfiguration;
import io.campaignlauncher.messaging.SecretFiles;
import io.campaignlauncher.telemetry.EcsLogs;
import io.campaignlauncher.worker.WorkerConfiguration;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The posting service as a program of its own, or as one context among others in a JVM. It finds nothing by scanning. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({ KafkaConfiguration.class, WorkerConfiguration.class, ManagementPageConfiguration.class,
    PageAccessConfiguration.class, KnownAccessConfiguration.class, PostingConfiguration.class,
    BotConfiguration.class })
public class PostingService {

    public static final String NAME = "posting-service";

    /**
     * Not started yet; needs {@code kafka.bootstrap-servers}, {@code spring.datasource.url}, {@code launch.credentials.key} and, to
     * post, {@code telegram.token} and {@code launch.posting.marker-host}.
     */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(PostingService.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of("spring.application.name", NAME))
                .initializers(new SecretFiles(), new Doors(), new AwaitedDatabase());
    }

    public static void main(String[] arguments) {
        AwaitedDatabase.start(() -> application().properties(EcsLogs.PROCESS).run(arguments));
    }
}
