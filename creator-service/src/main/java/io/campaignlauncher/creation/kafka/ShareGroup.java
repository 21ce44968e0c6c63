package io.campaignlauncher.creation.kafka;

import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The share group of all creators, and how one becomes a member of it. */
final class ShareGroup {

    static final String NAME = "creator-service";

    private static final Logger LOG = LoggerFactory.getLogger(ShareGroup.class);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    private static final String DELIVERIES_MAX = "10";

    private final KafkaClients clients;

    ShareGroup(KafkaSettings settings) {
        this.clients = new KafkaClients(settings);
    }

    /**
     * Begins with the earliest command, so that what was published before the first creator ran is not passed over.
     *
     * @return what stands against a share group on these brokers, in a sentence that says what to do; then nothing is prepared
     */
    Optional<String> prepare() throws ExecutionException, InterruptedException, TimeoutException {
        try (var admin = clients.admin("share-group", CALL_TIMEOUT)) {
            var obstacle = new ShareGroupNeeds(admin).obstacle();
            if (obstacle.isPresent()) {
                return obstacle;
            }
            set(admin, "share.auto.offset.reset", "earliest");
            set(admin, "share.isolation.level", "read_committed");
            try {
                // A record that was given back too often is dropped by the broker. The more often it may be, the better.
                set(admin, "share.delivery.count.limit", DELIVERIES_MAX);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof InvalidConfigurationException
                        || e.getCause() instanceof InvalidRequestException)) {
                    throw e;
                }
                LOG.info("the broker keeps its own limit of deliveries: {}", e.getCause().getMessage());
            }
            return Optional.empty();
        }
    }

    private void set(Admin admin, String name, String value)
            throws ExecutionException, InterruptedException, TimeoutException {
        var group = new ConfigResource(ConfigResource.Type.GROUP, clients.names().onKafka(NAME));
        Collection<AlterConfigOp> change = List.of(
                new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
        admin.incrementalAlterConfigs(Map.of(group, change)).all().get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A member that acknowledges each record by name and gets no more than so many at once. */
    ShareConsumer<String, byte[]> member(int pollMax) {
        return clients.shareMember("commands", NAME, pollMax);
    }
}
