package io.campaignlauncher.messaging;

import io.campaignlauncher.messaging.KillSwitches.State;
import io.campaignlauncher.schemas.KillSwitchTurned;
import io.campaignlauncher.schemas.LaunchRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The switches on the topic: each as it was turned last, or as its setting says. */
final class KillSwitchContents implements CompactedTopic.Contents {

    private static final Logger LOG = LoggerFactory.getLogger(KillSwitchContents.class);

    private final LaunchRecords records;
    private final Map<KillSwitch, State> settings;
    private final Map<KillSwitch, State> turned = new ConcurrentHashMap<>();
    private final List<String> taken = new ArrayList<>();
    private final BiConsumer<KillSwitch, State> afterPoll;

    /** @param afterPoll called with each switch after each poll, once all that was there is taken */
    KillSwitchContents(LaunchRecords records, Map<KillSwitch, State> settings,
            BiConsumer<KillSwitch, State> afterPoll) {
        this.records = records;
        this.settings = Map.copyOf(settings);
        this.afterPoll = afterPoll;
    }

    State of(KillSwitch which) {
        var state = turned.get(which);
        return state == null ? settings.getOrDefault(which, State.asSet(true)) : state;
    }

    /** What is not readable changes nothing: a switch must not turn by accident. */
    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
        var which = record.key() == null ? null : KillSwitch.named(record.key()).orElse(null);
        if (which == null) {
            LOG.warn("the record at offset {} of the kill switches is passed over: it is of none that is known here",
                    record.offset());
            return;
        }
        if (record.value() == null) {
            turned.remove(which);
            return;
        }
        try {
            var received = records.read(record);
            if (received.message() instanceof KillSwitchTurned turn && turn.getName().equals(which.wireName())) {
                turned.put(which, new State(turn.getEnabled(), received.envelope().time(),
                        turn.getTurnedBy() == null ? received.envelope().source() : turn.getTurnedBy(),
                        turn.getReason()));
                taken.add(received.envelope().id());
                return;
            }
            LOG.warn("the record at offset {} of the kill switch {} is passed over: it does not turn it",
                    record.offset(), which.wireName());
        } catch (RuntimeException e) {
            LOG.warn("the record at offset {} of the kill switch {} is passed over: {}", record.offset(),
                    which.wireName(),
                    Reasons.of(e));
        }
    }

    @Override
    public void upToDate() {
        for (var which : KillSwitch.values()) {
            afterPoll.accept(which, of(which));
        }
    }

    @Override
    public void drainTaken(Consumer<String> consumer) {
        taken.forEach(consumer);
        taken.clear();
    }
}
