package io.campaignlauncher.creation.kafka;

import io.campaignlauncher.messaging.KafkaSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The share group of all creators, and how one becomes a member of it. */
final class ShareGroup {

    static final String NAME = "creator-service";

    private static final Logger LOG = LoggerFactory.getLogger(ShareGroup.class);
    private static final int CALL_TIMEOUT_MS = 10_000;
    private static final String DELIVERIES_MAX = "10";

    private final KafkaSettings settings;

    ShareGroup(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * Begins with the earliest command, so that what was published before the first creator ran is not passed over.
     *
     * @return what stands against a share group on these brokers, in a sentence that says what to do; then nothing is prepared
     */
    Optional<String> prepare() throws ExecutionException, InterruptedException, TimeoutException {
        var properties = settings.client("share-group");
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MS);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MS);
        try (var admin = Admin.create(properties)) {
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

    private static void set(Admin admin, String name, String value)
            throws ExecutionException, InterruptedException, TimeoutException {
        var group = new ConfigResource(ConfigResource.Type.GROUP, NAME);
        Collection<AlterConfigOp> change = List.of(
                new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
        admin.incrementalAlterConfigs(Map.of(group, change)).all().get(CALL_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }

    /** A member that acknowledges each record by name and gets no more than so many at once. */
    ShareConsumer<String, byte[]> member(int pollMax) {
        var properties = settings.client("commands");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, NAME);
        properties.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        properties.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollMax);
        return new KafkaShareConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
