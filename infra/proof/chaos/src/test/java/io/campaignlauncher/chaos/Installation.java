package io.campaignlauncher.chaos;

import io.campaignlauncher.creation.CreatorService;
import io.campaignlauncher.embedded.PrivateFiles;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.identity.IdentityService;
import io.campaignlauncher.job.JobService;
import io.campaignlauncher.rollback.RollbackService;
import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.schemas.rights.KafkaRights;
import io.campaignlauncher.verification.VerifierService;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * What docs/processes.md leads to: processes that are told what the unit of systemd tells them, by copies of its files in which an operator
 * has put in their own addresses and passwords, on servers that refuse whatever is not allowed.
 */
final class Installation extends Processes {

    static final KafkaNames NAMES = new KafkaNames("trial-");
    private static final String PREFIX = "kafka.prefix";
    private static final Map<String, Class<?>> SERVICES = new LinkedHashMap<>();

    static {
        SERVICES.put("identity-service", IdentityService.class);
        SERVICES.put("job-service", JobService.class);
        SERVICES.put("creator-service", CreatorService.class);
        SERVICES.put("verifier-service", VerifierService.class);
        SERVICES.put("rollback-service", RollbackService.class);
    }

    private final Path folder;
    private final SystemdUnit unit = SystemdUnit.read(Path.of("../../ops/systemd"));
    private final String key = newKey();
    private final Map<String, Integer> ports = SERVICES.keySet().stream()
            .collect(Collectors.toMap(service -> service, _ -> freePort()));

    private Installation(Path folder) {
        super(folder);
        this.folder = folder;
    }

    /** Returns when every service says that it is well. */
    static Installation start(Path folder, URI graph) {
        return started(new Installation(folder), made -> {
            made.startServers(Map.of());
            made.giveRights();
            made.write("launch.properties", made.common(graph));
            SERVICES.forEach((service, main) -> {
                made.write(service + ".properties", made.own(service));
                made.writeSecrets(service);
                made.addService(service, made.unit.jvmOptions(), main, made.unit.environment(service, folder),
                        made.port(service));
            });
            made.startServices(SERVICES.keySet());
        });
    }

    private Map<String, String> common(URI graph) {
        return Map.of("kafka.bootstrap-servers", setting(KAFKA, "kafka.bootstrap-servers"),
                "kafka.properties.security.protocol", setting(KAFKA, "kafka.properties.security.protocol"), PREFIX,
                NAMES.prefix(), "kafka.replication-factor", "1", "kafka.min-insync-replicas", "1",
                "spring.datasource.url", setting(POSTGRESQL, "spring.datasource.url"), "graph.base-url",
                graph.toString(), "launch.security.jwks-uri",
                "http://127.0.0.1:" + port("identity-service") + "/.well-known/jwks.json");
    }

    private Map<String, String> own(String service) {
        return switch (service) {
            case "job-service" -> Map.of("server.port", port(service) + "");
            case "identity-service" -> Map.of("server.port", port(service) + "", "launch.identity.admin-folder",
                    folder.resolve("first-admin").toString());
            default -> Map.of("management.server.port", port(service) + "");
        };
    }

    /** A file of settings as it is shipped, with values of one's own for settings that are in it. */
    private void write(String file, Map<String, String> instead) {
        var settings = unit.settings(file);
        instead.forEach((name, value) -> {
            if (settings.put(name, value) == null) {
                throw new IllegalStateException(file + " does not name " + name + ", and nobody would know to set it");
            }
        });
        store(folder.resolve(file), settings);
    }

    private void writeSecrets(String service) {
        var who = who(service);
        var secrets = new Properties();
        secrets.put("launch.credentials.key", key);
        secrets.put("kafka.properties.sasl.jaas.config",
                settings(KAFKA, who).getProperty("kafka.properties.sasl.jaas.config"));
        var password = settings(POSTGRESQL, who).getProperty("spring.datasource.password");
        if (password != null) {
            secrets.put("spring.datasource.password", password);
        }
        store(folder.resolve("secrets").resolve(service + ".properties"), secrets);
    }

    private static void store(Path file, Properties settings) {
        try {
            Files.createDirectories(file.getParent());
            var text = new StringWriter();
            settings.store(text, null);
            PrivateFiles.write(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How an operator's tools find their Kafka. */
    List<String> toolsOptions() {
        var login = new Properties();
        settings(KAFKA, ServiceLogin.TOOLS).forEach((name, value) -> {
            if (name.toString().startsWith("kafka.properties.")) {
                login.put(name.toString().substring("kafka.properties.".length()), value);
            }
        });
        var file = folder.resolve("tools.properties");
        store(file, login);
        return List.of("--bootstrap-servers", setting(KAFKA, "kafka.bootstrap-servers"), "--command-config",
                file.toString(), "--prefix", NAMES.prefix());
    }

    private String setting(String server, String name) {
        return settings(server, ServiceLogin.JOB_SERVICE).getProperty(name);
    }

    /** What {@code campaign-tools acls --prefix} prints, and nothing else. */
    private void giveRights() {
        try (var admin = Admin.create(kafka())) {
            var users = Arrays.stream(ServiceLogin.values()).map(Installation::principal).collect(Collectors.toSet());
            admin.deleteAcls(admin.describeAcls(AclBindingFilter.ANY).values().get().stream()
                    .filter(acl -> users.contains(acl.entry().principal())).map(AclBinding::toFilter).toList()).all()
                    .get();
            admin.createAcls(KafkaRights.all().stream().flatMap(right -> right.on(NAMES)
                    .acls(principal(ServiceLogin.valueOf(right.who().name())))).toList()).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String principal(ServiceLogin who) {
        return "User:" + who.user();
    }

    private static ServiceLogin who(String service) {
        return Stream.of(ServiceLogin.values()).filter(who -> who.user().equals(service.replace('-', '_'))).findFirst()
                .orElseThrow();
    }

    private int port(String service) {
        return ports.get(service);
    }

    List<String> topics() {
        try (var admin = Admin.create(kafka())) {
            return List.copyOf(admin.listTopics().names().get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
