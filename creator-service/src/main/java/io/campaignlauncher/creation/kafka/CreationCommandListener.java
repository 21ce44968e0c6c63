package io.campaignlauncher.creation.kafka;

import io.campaignlauncher.creation.claims.WaitingCommands;
import io.campaignlauncher.creation.graph.CreationWorker;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.messaging.AccessTokens;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.ThrottledWarning;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes commands from the share group and hands them to the dispatcher: as many as there is room for, and some more that may be
 * more urgent. A record is acknowledged as soon as its claim is durable, whoever won it, or the command is put aside durably:
 * from then on that stands for the work, not the record. An unreadable record goes to the dead letters. Outlives an absent
 * broker and an absent database.
 */
public final class CreationCommandListener implements SmartLifecycle {

    private static final short FIRST_DELIVERY = 1;

    private static final Logger LOG = LoggerFactory.getLogger(CreationCommandListener.class);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final Duration LOOK_AHEAD_EVERY = Duration.ofMillis(50);
    private static final Duration PARK_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration BUSY_PAUSE = Duration.ofMillis(5);
    private static final Duration OFF_PAUSE = Duration.ofMillis(100);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration AWAY_PAUSE = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ShareGroup group;
    private final BooleanSupplier kafkaIsAway;
    private final Readiness readiness;
    private final CommandDispatcher dispatcher;
    private final DeadLetters deadLetters;
    private final CommandReader reader;
    private final KillSwitches killSwitches;
    private final AccessTokens tokens;
    private final Anomalies anomalies;
    private final Progress progress;
    private final ThrottledWarning warning;
    private final Obstacle obstacle = new Obstacle(LOG);
    private volatile boolean running;
    private volatile boolean tokensReadable;
    private @Nullable Thread thread;
    private long lookedAheadAtNanos;
    private int roundsSeen;

    /**
     * @param kafkaIsAway while it is, nothing asks for commands: a share consumer that cannot reach a broker never pauses
     * @param readiness no command is taken before
     * @param tokens    no command is taken while they cannot be read
     * @param progress  told when commands were begun or put aside, when there are none, and when a round ended that others
     *                  wait for
     */
    public CreationCommandListener(KafkaSettings kafka, BooleanSupplier kafkaIsAway, Readiness readiness,
            CreationWorker worker,
            WaitingCommands waiting, DeadLetters deadLetters, LaunchRecords records, KillSwitches killSwitches,
            AccessTokens tokens, CreationSettings settings, LookAheadSettings lookAhead, Clock clock,
            Anomalies anomalies, Progress progress) {
        this.group = new ShareGroup(kafka);
        this.kafkaIsAway = kafkaIsAway;
        this.readiness = readiness;
        this.dispatcher = new CommandDispatcher(worker, waiting, settings, lookAhead, clock);
        this.deadLetters = deadLetters;
        this.reader = new CommandReader(records);
        this.killSwitches = killSwitches;
        this.tokens = tokens;
        this.anomalies = anomalies;
        this.progress = progress;
        this.warning = new ThrottledWarning(LOG, clock);
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
                stopping.join(CommandDispatcher.CLAIM_TIMEOUT.plus(CLOSE_TIMEOUT));
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
        awaitReadiness();
        var following = tokens.readable().subscribe(readable -> tokensReadable = readable);
        try {
            takeCommands();
        } finally {
            following.dispose();
        }
    }

    private void takeCommands() {
        var prepared = false;
        while (running) {
            try {
                if (!prepared) {
                    prepared = prepared();
                }
                if (!prepared) {
                    pause(RETRY_PAUSE);
                } else if (kafkaIsAway.getAsBoolean()) {
                    pause(AWAY_PAUSE);
                } else if (mayTake()) {
                    listen();
                } else {
                    progress.made();
                    pause(OFF_PAUSE);
                }
            } catch (InterruptedException e) {
                LOG.debug("interrupted while listening", e);
            } catch (Exception e) {
                // It may be something that the brokers have to allow.
                prepared = false;
                warning.warn("cannot take creation commands, trying again", e);
                pause(RETRY_PAUSE);
            }
        }
    }

    /** Where brokers do not allow share groups, a member would hear of no command and seem to be idle. */
    private boolean prepared() throws ExecutionException, InterruptedException, TimeoutException {
        var missing = group.prepare();
        missing.ifPresentOrElse(sentence -> {
            progress.held(sentence);
            obstacle.stands(sentence);
        }, obstacle::gone);
        return missing.isEmpty();
    }

    private boolean mayTake() {
        return tokensReadable && killSwitches.isOn(KillSwitch.CREATION);
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
        var consumer = group.member(dispatcher.atOnce());
        try {
            consumer.subscribe(List.of(Topic.CREATION_COMMANDS.topicName()));
            while (running && mayTake() && !kafkaIsAway.getAsBoolean()) {
                switch (dispatcher.next()) {
                    case BEGUN -> progress.made();
                    case FAILED -> awaitClaims();
                    case NONE -> {
                        if (dispatcher.hasRoom()) {
                            take(consumer, POLL_TIMEOUT);
                        } else {
                            noteEndedRounds();
                            lookAhead(consumer);
                        }
                    }
                }
            }
        } finally {
            consumer.close(CLOSE_TIMEOUT);
        }
    }

    /** Waits for a round to end. Only this thread begins rounds, so while it is here their number can only fall. */
    private void noteEndedRounds() {
        var rounds = dispatcher.roundsInProgress();
        if (rounds != roundsSeen) {
            roundsSeen = rounds;
            progress.made();
        }
    }

    /** Polls without waiting, because room may come at any time. */
    private void lookAhead(ShareConsumer<String, byte[]> consumer) {
        if (dispatcher.looksAhead() && System.nanoTime() - lookedAheadAtNanos >= LOOK_AHEAD_EVERY.toNanos()) {
            lookedAheadAtNanos = System.nanoTime();
            take(consumer, Duration.ZERO);
        } else {
            pause(BUSY_PAUSE);
        }
    }

    private void take(ShareConsumer<String, byte[]> consumer, Duration patience) {
        var polled = consumer.poll(patience);
        if (polled.isEmpty()) {
            if (dispatcher.hasRoom()) {
                progress.made();
            }
            return;
        }
        if (!running || !mayTake()) {
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
        var taken = dispatcher.take(new ArrayList<>(commands.values()));
        commands.keySet().forEach(
                record -> consumer.acknowledge(record, taken ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE));
        consumer.commitAsync();
        if (taken) {
            warning.over();
            progress.made();
        } else {
            awaitClaims();
        }
    }

    private boolean parked(ConsumerRecord<String, byte[]> record, UnreadableRecord reason) {
        try {
            deadLetters.park(record, String.valueOf(reason.getMessage()), ShareGroup.NAME).block(PARK_TIMEOUT);
            LOG.warn("{} gives up the record at {}-{}@{}: {}", ShareGroup.NAME, record.topic(), record.partition(),
                    record.offset(), reason.getMessage());
            return true;
        } catch (RuntimeException e) {
            warning.warn("cannot give up an unreadable creation command, giving it back", e);
            return false;
        }
    }

    /** A record may be given back a few times only before the broker drops it: take none that could not be claimed. */
    private void awaitClaims() {
        do {
            pause(RETRY_PAUSE);
        } while (running && !dispatcher.isReachable());
    }

    private void pause(Duration time) {
        if (running) {
            LockSupport.parkNanos(time.toNanos());
        }
    }
}
