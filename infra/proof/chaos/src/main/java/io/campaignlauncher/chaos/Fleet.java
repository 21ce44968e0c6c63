package io.campaignlauncher.chaos;

import io.campaignlauncher.creation.CreatorService;
import io.campaignlauncher.embedded.EmbeddedStandby;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.job.JobService;
import io.campaignlauncher.rollback.RollbackService;
import io.campaignlauncher.verification.VerifierService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** What launches need, as processes: two job-services, two creators, a verifier, a rollback service. */
public final class Fleet extends Processes {

    public static final List<String> JOB_SERVICES = List.of("job-1", "job-2");
    public static final List<String> CREATORS = List.of("creator-1", "creator-2");
    public static final String VERIFIER = "verifier";
    public static final String ROLLBACK = "rollback";

    private static final String WORKERS_PORT = "management.server.port";

    private Fleet(Path folder) {
        super(folder);
    }

    /**
     * Starts everything and returns when it works.
     *
     * @param folder   for data and output
     * @param settings Spring properties for every service
     */
    public static Fleet start(Path folder, URI graph, Map<String, String> settings) {
        return startAsOperated(folder, graph, quiet(settings));
    }

    /** The same with fewer of those that there are two of. @param each how many job-services, and how many creators */
    public static Fleet startOfSize(int each, Path folder, URI graph, Map<String, String> settings) {
        var all = quiet(settings);
        all.put("graph.base-url", graph.toString());
        return started(new Fleet(folder), fleet -> {
            fleet.startServers(all);
            fleet.addServices(each);
            fleet.startServices(JOB_SERVICES.subList(0, each));
        });
    }

    /** The same, and services log as they do where nobody tells them otherwise. */
    static Fleet startAsOperated(Path folder, URI graph, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("graph.base-url", graph.toString());
        return started(new Fleet(folder), fleet -> {
            fleet.startServers(all);
            fleet.addServices();
            fleet.startServices(JOB_SERVICES);
        });
    }

    /** The same beside a standby of PostgreSQL. @param standby told of it before any service starts */
    static Fleet startWithStandby(Path folder, URI graph, Map<String, String> settings,
            Consumer<EmbeddedStandby> standby) {
        var all = new HashMap<>(quiet(settings));
        all.put("graph.base-url", graph.toString());
        return started(new Fleet(folder), fleet -> {
            fleet.startServers(all);
            standby.accept(fleet.startStandby());
            fleet.addServices();
            fleet.startServices(JOB_SERVICES);
        });
    }

    /** The same, and every service is one of another release. */
    static Fleet startOf(Releases previous, Path folder, URI graph, Map<String, String> settings) {
        var all = quiet(settings);
        all.put("graph.base-url", graph.toString());
        return started(new Fleet(folder), fleet -> {
            fleet.startServers(all);
            fleet.addServices();
            fleet.services().forEach(name -> fleet.program(name).from(previous.jar(artifact(name))));
            fleet.startServices(fleet.services());
        });
    }

    /** The module that a service's jar is made by. */
    static String artifact(String service) {
        return switch (service) {
            case "job-1", "job-2" -> "job-service";
            case "creator-1", "creator-2" -> "creator-service";
            case VERIFIER -> "verifier-service";
            case ROLLBACK -> "rollback-service";
            default -> throw new IllegalArgumentException("no module makes " + service);
        };
    }

    private void addServices() {
        addServices(JOB_SERVICES.size());
    }

    private void addServices(int each) {
        JOB_SERVICES.subList(0, each).forEach(
                name -> addService(name, "-Xmx256m", JobService.class, ServiceLogin.JOB_SERVICE, "server.port"));
        CREATORS.subList(0, each)
                .forEach(name -> addService(name, "-Xmx256m", CreatorService.class, ServiceLogin.CREATOR_SERVICE,
                        WORKERS_PORT));
        addService(VERIFIER, "-Xmx192m", VerifierService.class, ServiceLogin.VERIFIER_SERVICE, WORKERS_PORT);
        addService(ROLLBACK, "-Xmx192m", RollbackService.class, ServiceLogin.ROLLBACK_SERVICE, WORKERS_PORT);
    }

    /** As the job-service sees it. */
    public DataSource database() {
        return database(ServiceLogin.JOB_SERVICE);
    }

    /** Stores the token that launches name. */
    public void storeToken(String credentialId, String accessToken) {
        var name = JOB_SERVICES.getFirst();
        var request = HttpRequest.newBuilder(api(name).resolve("/v1/credentials/" + credentialId))
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"accessToken\":\"" + accessToken + "\"}"))
                .build();
        await("the token is stored", () -> status(request) == 204);
    }

    /** Where the HTTP API is, one address for each instance. */
    List<URI> apis() {
        return JOB_SERVICES.stream().map(this::api).toList();
    }
}
