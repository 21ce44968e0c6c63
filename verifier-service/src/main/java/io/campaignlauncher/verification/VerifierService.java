package io.campaignlauncher.verification;

import io.campaignlauncher.access.http.PageAccessConfiguration;
import io.campaignlauncher.access.known.KnownAccessConfiguration;
import io.campaignlauncher.messaging.Doors;
import io.campaignlauncher.messaging.ManagementPageConfiguration;
import io.campaignlauncher.messaging.MessagingConfiguration;
import io.campaignlauncher.messaging.SecretFiles;
import io.campaignlauncher.telemetry.EcsLogs;
import io.campaignlauncher.verification.kafka.VerificationConfiguration;
import io.campaignlauncher.worker.WorkerConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The verifier as a program, or as one of several services in a process: then each has a context of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({ MessagingConfiguration.class, WorkerConfiguration.class, ManagementPageConfiguration.class,
    PageAccessConfiguration.class,
    KnownAccessConfiguration.class,
    VerificationConfiguration.class })
public class VerifierService {

    /** Not started yet; needs {@code kafka.bootstrap-servers}, {@code graph.base-url} and {@code launch.credentials.key}. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(VerifierService.class).web(WebApplicationType.NONE)
                .properties("spring.application.name=verifier-service")
                .initializers(new SecretFiles(), new Doors());
    }

    public static void main(String[] args) {
        application().properties(EcsLogs.PROCESS).run(args);
    }
}
