package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.EmbeddedKafkaBroker;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.schemas.rights.KafkaRights;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.testing.TestBroker;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two installations share a Kafka, each behind a prefix and with the rights that are printed for it. They are asked for the same launch:
 * the same user, key, names, and so the same job.
 */
class TwoInstallationsIT {

    private static final KafkaNames EU = new KafkaNames("eu-");
    private static final KafkaNames SHOP = new KafkaNames("shop.us.");
    private static final String ACCOUNT = "act_900000001";

    @Test
    void each_completes_the_same_launch_in_its_own_world_with_no_right_on_the_others(@TempDir Path folder)
            throws Exception {
        try (var broker = EmbeddedKafkaBroker.start(folder.resolve("kafka"));
                var database = EmbeddedDatabase.start(folder.resolve("postgresql"));
                var admin = Admin.create(Map.copyOf(broker.client(ServiceLogin.OPERATOR)))) {
            giveRights(admin);
            try (var eu = Installation.start(EU, broker, database, database.jdbcUrl());
                    var shop = Installation.start(SHOP, broker, database, anotherDatabase(database))) {
                var request = Requests.oneFiftyOne(ACCOUNT, 3).setCredentialId(RunningSystem.CREDENTIAL).build();
                var jobId = eu.launch(request);
                assertThat(shop.job(jobId)).as("not the other's").isEqualTo(404);
                assertThat(shop.launch(request)).isEqualTo(jobId);

                Stream.of(eu, shop).forEach(one -> assertThat(new Facebook(one.simulator).campaigns(ACCOUNT))
                        .singleElement().satisfies(campaign -> assertThat(campaign.adSets()).hasSize(3)));
                assertThat(topics(admin)).isNotEmpty().allMatch(TwoInstallationsIT::isPrefixed);
                assertThat(groups(admin)).contains("eu-creator-service", "shop.us.creator-service", "eu-read-model",
                        "shop.us.verifier-service").allMatch(TwoInstallationsIT::isPrefixed);
            }
        }
    }

    private static boolean isPrefixed(String name) {
        return EU.isOurs(name) || SHOP.isOurs(name);
    }

    /** Those that are printed for the two, and no other: none on a name without a prefix is left. */
    private static void giveRights(Admin admin) throws Exception {
        var principals = new TreeSet<String>();
        for (var who : ServiceLogin.values()) {
            principals.add("User:" + who.user());
        }
        var old = admin.describeAcls(AclBindingFilter.ANY).values().get().stream()
                .filter(acl -> principals.contains(acl.entry().principal())).map(AclBinding::toFilter).toList();
        admin.deleteAcls(old).all().get();
        admin.createAcls(Stream.of(EU, SHOP).flatMap(names -> KafkaRights.all().stream()
                .flatMap(right -> right.on(names)
                        .acls("User:" + ServiceLogin.valueOf(right.who().name()).user())))
                .distinct().toList()).all().get();
    }

    private static TreeSet<String> topics(Admin admin) throws Exception {
        return new TreeSet<>(admin.listTopics().names().get());
    }

    private static TreeSet<String> groups(Admin admin) throws Exception {
        var groups = new TreeSet<String>();
        admin.listGroups().all().get().stream().map(GroupListing::groupId).forEach(groups::add);
        return groups;
    }

    /** On the same server; what its administrator does once for a database. */
    private static String anotherDatabase(EmbeddedDatabase database) throws Exception {
        var url = database.createDatabase("shop");
        var administrator = database.administrator();
        try (var connection = DriverManager.getConnection(url, administrator.username(), administrator.password());
                var statement = connection.createStatement()) {
            statement.execute("create schema creator authorization creator_service");
        }
        return url;
    }

    /** The services of launches, and a Facebook of their own. */
    private static final class Installation implements AutoCloseable {

        private final Simulator simulator;
        private final Services services;
        private final HttpApi http;

        private Installation(Simulator simulator, Services services) {
            this.simulator = simulator;
            this.services = services;
            this.http = new HttpApi(URI.create("http://127.0.0.1:" + services.port()));
        }

        static Installation start(KafkaNames names, EmbeddedKafkaBroker broker, EmbeddedDatabase database,
                String databaseUrl) {
            var simulator = Simulator.start(
                    SimulatorSettings.DEFAULTS.withRules(GraphRules.DEFAULTS.withMutationsPerSecondMax(0)));
            try {
                var key = Base64.getEncoder().encodeToString(names.prefix().repeat(32).substring(0, 32).getBytes());
                return new Installation(simulator, Services.start(who -> {
                    var told = new HashMap<String, Object>(broker.settings(who));
                    told.putAll(database.settings(who));
                    told.put("spring.datasource.url", databaseUrl);
                    told.put("kafka.prefix", names.prefix());
                    told.put("launch.credentials.key", key);
                    told.put("graph.base-url", simulator.baseUrl().toString());
                    return told;
                }, false, "--server.port=0", TestBroker.SERVICE_ARGUMENT, "--launch.read-lag=300ms"));
            } catch (RuntimeException e) {
                simulator.close();
                throw e;
            }
        }

        /** @return the job's id, once it is completed */
        String launch(CreateCampaign request) {
            assertThat(http.put("/v1/credentials/" + RunningSystem.CREDENTIAL,
                    Map.of("accessToken", RunningSystem.TOKEN)).status()).isEqualTo(204);
            var taken = http.post("/v1/jobs", Requests.body(request),
                    Map.of("Idempotency-Key", request.getIdempotencyKey()));
            assertThat(taken.status()).isEqualTo(202);
            var jobId = taken.body().path("jobId").asString();
            await("job " + jobId + " completes").atMost(RunningSystem.PATIENCE).until(
                    () -> http.get("/v1/jobs/" + jobId).body().path("status").asString(""), "completed"::equals);
            return jobId;
        }

        /** @return the status of the answer */
        int job(String jobId) {
            return http.get("/v1/jobs/" + jobId).status();
        }

        @Override
        public void close() {
            services.close();
            simulator.close();
        }
    }
}
