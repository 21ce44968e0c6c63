package io.campaignlauncher.tools;

import io.campaignlauncher.changefeed.FeedRestart;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.schemas.KillSwitchTurned;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.events.WholeTopic;
import java.util.HashSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What has to stand still before a command may put something back. */
final class StandstillCheck {

    private static final String CONNECTED = """
            select string_agg(distinct application_name, ', ') from pg_stat_activity
            where datname = current_database() and (application_name like :service || '-%' or application_name like 'Debezium%')
            """;

    private StandstillCheck() {}

    /** @throws OperationRefused where a switch was not turned off */
    static void requireSwitchesOff(KafkaConsumer<String, byte[]> consumer) {
        var off = new HashSet<String>();
        var records = new LaunchRecords();
        WholeTopic.read(consumer, WholeTopic.endsOfExisting(consumer, Topic.KILL_SWITCHES.topicName()), record -> {
            if (isOff(records, record)) {
                off.add(record.key());
            } else if (record.key() != null) {
                off.remove(record.key());
            }
        });
        var on = Stream.of(KillSwitch.values()).map(KillSwitch::wireName).filter(name -> !off.contains(name))
                .collect(Collectors.joining(", "));
        if (!on.isEmpty()) {
            throw new OperationRefused("turn these kill switches off first: " + on);
        }
    }

    private static boolean isOff(LaunchRecords records, ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return false;
        }
        try {
            return records.read(record).message() instanceof KillSwitchTurned turned && !turned.getEnabled();
        } catch (UnreadableRecord e) {
            throw new OperationRefused("the record of the kill switch " + record.key() + " cannot be read: "
                    + e.getMessage());
        }
    }

    /** @throws OperationRefused where a service of this name reads the feed, or is connected to the database */
    static void requireEnded(String service, FeedRestart feed, JdbcClient jdbc) {
        if (!feed.hold()) {
            throw new OperationRefused("a " + service + " reads the change feed: end it first");
        }
        jdbc.sql(CONNECTED).param("service", service).query(String.class).optional().ifPresent(names -> {
            throw new OperationRefused("end every " + service + " first; connected are " + names);
        });
    }
}
