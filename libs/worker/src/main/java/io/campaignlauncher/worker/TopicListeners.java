package io.campaignlauncher.worker;

import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Makes {@link TopicListener}s; holds what they share. */
public final class TopicListeners {

    private final KafkaClients clients;
    private final LaunchRecords records;
    private final DeadLetters deadLetters;
    private final Readiness readiness;
    private final MeterRegistry meters;
    private final Clock clock;
    private final RetrySettings retries;
    private final Scheduler scheduler;

    /** @param readiness what listeners wait for before they read: the topics, the credentials */
    public TopicListeners(KafkaSettings settings, LaunchRecords records, DeadLetters deadLetters, Readiness readiness,
            MeterRegistry meters, Clock clock) {
        this(settings, records, deadLetters, readiness, meters, clock, RetrySettings.DEFAULT, Schedulers.parallel());
    }

    /** @param scheduler where handlers are called again after a delay */
    public TopicListeners(KafkaSettings settings, LaunchRecords records, DeadLetters deadLetters, Readiness readiness,
            MeterRegistry meters, Clock clock, RetrySettings retries, Scheduler scheduler) {
        this.clients = new KafkaClients(settings);
        this.records = records;
        this.deadLetters = deadLetters;
        this.readiness = readiness;
        this.meters = meters;
        this.clock = clock;
        this.retries = retries;
        this.scheduler = scheduler;
    }

    /**
     * A listener that Spring starts and stops where it is a bean; anybody else calls {@code start()} and {@code stop()}.
     *
     * @param progress    told whether the listener gets on: the message that is furthest behind counts, each since it was begun
     *                    or last had an answer from a {@link WatchedGraph}
     * @param group       the consumer group
     * @param topic       what to read, from the earliest record where the group has no offset
     * @param types       names of the messages that the handler wants; others are passed over unread
     * @param inFlightMax messages handled at the same time; beyond it reading pauses
     * @param handler     completes when the message is dealt with and its results are durable; it does not block and may see
     *                    a message twice, and messages of one key side by side. Fails with {@link RecordRefused} where calling it
     *                    again would change nothing
     */
    public TopicListener listen(Progress progress, String group, Topic topic, Set<String> types, int inFlightMax,
            Function<LaunchRecords.Received, Mono<Void>> handler) {
        var handling = new RecordHandling(records, deadLetters, group, types, handler, retries, scheduler);
        var workload = new Workload(handling, group, topic, inFlightMax, meters, clock);
        return new TopicListener(clients, group, topic, workload, readiness, progress, clock);
    }
}
