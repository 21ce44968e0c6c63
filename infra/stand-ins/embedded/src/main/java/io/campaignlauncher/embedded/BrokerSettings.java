package io.campaignlauncher.embedded;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.jspecify.annotations.Nullable;

/** The settings of one Kafka node that is broker and controller, small and quick to react. */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String BROKER_LISTENER = "BROKER";

    private BrokerSettings() {}

    /** @param jaasConfig who logs in and who is let in; null: whoever comes is let in, and may do everything */
    static Properties of(Path folder, int brokerPort, int controllerPort, @Nullable String jaasConfig) {
        var settings = new Properties();
        identity(settings, folder, brokerPort, controllerPort);
        access(settings, jaasConfig);
        internalTopics(settings);
        groups(settings);
        footprint(settings);
        return settings;
    }

    private static void identity(Properties settings, Path folder, int brokerPort, int controllerPort) {
        var broker = BROKER_LISTENER + "://" + FreePorts.LOOPBACK + ":" + brokerPort;
        var controller = FreePorts.LOOPBACK + ":" + controllerPort;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        // Static voters live in the settings only, so a restart may choose other ports on the same data.
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
        settings.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller);
        settings.put("advertised.listeners", broker);
        settings.put("inter.broker.listener.name", BROKER_LISTENER);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("num.partitions", "1");
    }

    private static void access(Properties settings, @Nullable String jaasConfig) {
        var protocol = jaasConfig == null ? "PLAINTEXT" : "SASL_PLAINTEXT";
        settings.put("listener.security.protocol.map",
                BROKER_LISTENER + ":" + protocol + "," + CONTROLLER_LISTENER + ":" + protocol);
        if (jaasConfig == null) {
            return;
        }
        settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
        settings.put("super.users", BrokerRights.superUsers());
        settings.put("sasl.enabled.mechanisms", BrokerUsers.MECHANISM);
        settings.put("sasl.mechanism.inter.broker.protocol", BrokerUsers.MECHANISM);
        settings.put("sasl.mechanism.controller.protocol", BrokerUsers.MECHANISM);
        for (var listener : new String[]{ BROKER_LISTENER, CONTROLLER_LISTENER }) {
            var prefix = new ListenerName(listener).saslMechanismConfigPrefix(BrokerUsers.MECHANISM);
            settings.put(prefix + "sasl.jaas.config", jaasConfig);
            settings.put(prefix + "sasl.server.callback.handler.class", BrokerUsers.class.getName());
        }
    }

    private static void internalTopics(Properties settings) {
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "2");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
    }

    private static void groups(Properties settings) {
        settings.put("group.initial.rebalance.delay.ms", "0");
        for (var protocol : new String[]{ "consumer", "share" }) {
            // A partition changes hands within a heartbeat or two, and a process that died is noticed within ten seconds.
            settings.put("group." + protocol + ".heartbeat.interval.ms", "200");
            settings.put("group." + protocol + ".min.heartbeat.interval.ms", "200");
            settings.put("group." + protocol + ".session.timeout.ms", "10000");
            settings.put("group." + protocol + ".min.session.timeout.ms", "10000");
            settings.put("group." + protocol + ".assignment.interval.ms", "0");
        }
        settings.put("group.share.delivery.count.limit", "10");
        settings.put("group.share.initialize.retry.interval.ms", "2000");
    }

    private static void footprint(Properties settings) {
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "3");
        settings.put("background.threads", "2");
        settings.put("group.coordinator.threads", "2");
        settings.put("remote.log.reader.threads", "1");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 * 1024 * 1024));
        settings.put("log.segment.bytes", Integer.toString(128 * 1024 * 1024));
        settings.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
        settings.put("broker.heartbeat.interval.ms", "500");
        // After a kill the broker is let in again only when the session of its killed self is over.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("controller.quorum.append.linger.ms", "5");
    }
}
