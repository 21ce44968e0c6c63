package io.campaignlauncher.chaos;

import io.campaignlauncher.embedded.EmbeddedStandby;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.identity.IdentityService;
import io.campaignlauncher.moderation.ModerationService;
import io.campaignlauncher.posting.PostingService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** What the marketplace needs, as processes: an identity-service, two moderation-services, two posting-services. */
final class MarketFleet extends Processes {

    static final List<String> MODERATION = List.of("moderation-1", "moderation-2");
    static final List<String> POSTING = List.of("posting-1", "posting-2");

    private static final String IDENTITY = "identity";

    private MarketFleet(Path folder) {
        super(folder);
    }

    /**
     * Starts everything and returns when it works.
     *
     * @param folder   for data and output
     * @param settings Spring properties for every service
     */
    static MarketFleet start(Path folder, Map<String, String> settings) {
        return started(new MarketFleet(folder), fleet -> {
            fleet.startServers(quiet(settings));
            fleet.addServices();
            fleet.startServices(fleet.services());
        });
    }

    /** The same beside a standby of PostgreSQL. @param standby told of it before any service starts */
    static MarketFleet startWithStandby(Path folder, Map<String, String> settings, Consumer<EmbeddedStandby> standby) {
        return started(new MarketFleet(folder), fleet -> {
            fleet.startServers(quiet(settings));
            standby.accept(fleet.startStandby());
            fleet.addServices();
            fleet.startServices(fleet.services());
        });
    }

    private void addServices() {
        addService(IDENTITY, "-Xmx192m", IdentityService.class, ServiceLogin.IDENTITY_SERVICE, "server.port",
                "--launch.identity.admin-folder=" + folder(), "--launch.identity.access-token-life=1h");
        MODERATION.forEach(name -> addService(name, "-Xmx256m", ModerationService.class,
                ServiceLogin.MODERATION_SERVICE, "server.port",
                "--launch.security.jwks-uri=" + identity().resolve("/.well-known/jwks.json")));
        POSTING.forEach(name -> addService(name, "-Xmx192m", PostingService.class, ServiceLogin.POSTING_SERVICE,
                "management.server.port"));
    }

    URI identity() {
        return api(IDENTITY);
    }

    /** Where the marketplace is asked, one address for each instance. */
    List<URI> market() {
        return MODERATION.stream().map(this::api).toList();
    }

    /** Of the first super_admin, who is called admin. */
    String adminPassword() {
        try {
            return Files.readString(folder().resolve("admin.password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the moderation-service sees it. */
    DataSource database() {
        return database(ServiceLogin.MODERATION_SERVICE);
    }

    /** As the posting-service sees it. */
    DataSource posts() {
        return database(ServiceLogin.POSTING_SERVICE);
    }
}
