package io.campaignlauncher.creation.kafka;

import io.campaignlauncher.creation.model.Cause;
import io.campaignlauncher.creation.graph.CreationWorker;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes commands from the share group and hands them to the worker, no more than it has room for. A record is
 * acknowledged as soon as its claim is durable, whoever won it: from then on the claim stands for the work, not the record.
 * An unreadable record goes to the dead letters. Outlives an absent broker and an absent database.
 */
public final class CreationCommandListener implements SmartLifecycle {

    private static final int POLL_MAX = 16;
    private static final short FIRST_DELIVERY = 1;

    private static final Logger LOG = LoggerFactory.getLogger(CreationCommandListener.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(25);
    private static final Duration PARK_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration BUSY_PAUSE = Duration.ofMillis(5);
    private static final Duration OFF_PAUSE = Duration.ofMillis(100);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ShareGroup group;
    private final Readiness readiness;
    private final CreationWorker worker;
    private final DeadLetters deadLetters;
    private final CommandReader reader;
    private final KillSwitches killSwitches;
    private final Anomalies anomalies;
    private final int pollMax;
    private final int roundsBeforePollMax;
    private volatile boolean running;
    private @Nullable Thread thread;
    private boolean warned;

    /** @param readiness no command is taken before */
    public CreationCommandListener(KafkaSettings kafka, Readiness readiness, CreationWorker worker,
            DeadLetters deadLetters, LaunchRecords records, KillSwitches killSwitches, CreationSettings settings,
            Anomalies anomalies) {
        this.group = new ShareGroup(kafka);
        this.readiness = readiness;
        this.worker = worker;
        this.deadLetters = deadLetters;
        this.reader = new CommandReader(records);
        this.killSwitches = killSwitches;
        this.anomalies = anomalies;
        this.pollMax = Math.min(POLL_MAX, settings.commandsAtOnce());
        this.roundsBeforePollMax = settings.commandsAtOnce() - pollMax;
    }

    @Override
    public synchronized void start() {
        if (!running) {
            running = true;
            thread = Thread.ofPlatform().name("creation-commands").start(this::work);
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        var stopping = thread;
        thread = null;
        if (stopping != null) {
            LockSupport.unpark(stopping);
            try {
                stopping.join(CLAIM_TIMEOUT.plus(CLOSE_TIMEOUT));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        var prepared = false;
        awaitReadiness();
        while (running) {
            try {
                if (!prepared) {
                    group.prepare();
                    prepared = true;
                }
                if (killSwitches.isOn(KillSwitch.CREATION)) {
                    listen();
                } else {
                    pause(OFF_PAUSE);
                }
            } catch (InterruptedException e) {
                LOG.debug("interrupted while listening", e);
            } catch (Exception e) {
                warn("cannot take creation commands, trying again", e);
                pause(RETRY_PAUSE);
            }
        }
    }

    /** Rather late than with credentials missing: a command that lacks one fails. */
    private void awaitReadiness() {
        var waiting = Thread.currentThread();
        var ready = new AtomicBoolean();
        var subscription = readiness.ready().subscribe(_ -> {}, _ -> {}, () -> {
            ready.set(true);
            LockSupport.unpark(waiting);
        });
        while (running && !ready.get()) {
            LockSupport.park();
        }
        subscription.dispose();
    }

    /** Closing gives back at once what the client holds and has not handed out. */
    private void listen() {
        var consumer = group.member(pollMax);
        try {
            consumer.subscribe(List.of(Topic.CREATION_COMMANDS.topicName()));
            while (running && killSwitches.isOn(KillSwitch.CREATION)) {
                if (worker.roundsInProgress() > roundsBeforePollMax) {
                    pause(BUSY_PAUSE);
                } else {
                    take(consumer);
                }
            }
        } finally {
            consumer.close(CLOSE_TIMEOUT);
        }
    }

    private void take(ShareConsumer<String, byte[]> consumer) {
        var polled = consumer.poll(POLL_TIMEOUT);
        if (polled.isEmpty()) {
            return;
        }
        if (!running || !killSwitches.isOn(KillSwitch.CREATION)) {
            polled.forEach(record -> consumer.acknowledge(record, AcknowledgeType.RELEASE));
            return;
        }
        var commands = new LinkedHashMap<ConsumerRecord<String, byte[]>, CreationCommand>();
        for (var record : polled) {
            if (record.deliveryCount().orElse(FIRST_DELIVERY) > FIRST_DELIVERY) {
                anomalies.count(Anomaly.COMMAND_REDELIVERED, 1);
            }
            try {
                commands.put(record, reader.read(record));
            } catch (UnreadableRecord e) {
                consumer.acknowledge(record, parked(record, e) ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
            }
        }
        var begun = begun(new ArrayList<>(commands.values()));
        commands.keySet().forEach(
                record -> consumer.acknowledge(record, begun ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE));
        consumer.commitAsync();
        if (!begun) {
            awaitClaims();
        }
    }

    private boolean begun(List<CreationCommand> commands) {
        try {
            worker.begin(commands).block(CLAIM_TIMEOUT);
            recovered();
            return true;
        } catch (RuntimeException e) {
            warn("cannot claim " + commands.size() + " creation commands, giving them back", e);
            return false;
        }
    }

    private boolean parked(ConsumerRecord<String, byte[]> record, UnreadableRecord reason) {
        try {
            deadLetters.park(record, String.valueOf(reason.getMessage()), ShareGroup.NAME).block(PARK_TIMEOUT);
            LOG.warn("unreadable creation command {}-{}@{} is with the dead letters: {}", record.topic(),
                    record.partition(),
                    record.offset(), reason.getMessage());
            return true;
        } catch (RuntimeException e) {
            warn("cannot park an unreadable creation command, giving it back", e);
            return false;
        }
    }

    /** A record may be given back a few times only before the broker drops it: take none that could not be claimed. */
    private void awaitClaims() {
        while (running) {
            try {
                worker.claimsReachable().block(CLAIM_TIMEOUT);
                return;
            } catch (RuntimeException e) {
                LOG.debug("claims are still out of reach: {}", Cause.of(e));
                pause(RETRY_PAUSE);
            }
        }
    }

    private void pause(Duration time) {
        if (running) {
            LockSupport.parkNanos(time.toNanos());
        }
    }

    /** One line when it begins, not one for each attempt. */
    private void warn(String what, Throwable why) {
        if (warned) {
            LOG.debug("{}: {}", what, Cause.of(why));
        } else {
            warned = true;
            LOG.warn("{}: {}", what, Cause.of(why));
        }
    }

    private void recovered() {
        if (warned) {
            warned = false;
            LOG.info("takes creation commands again");
        }
    }
}
