package io.campaignlauncher.worker;

import io.campaignlauncher.messaging.LiveGauge;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** The messages of one listener that are being handled, never more than the limit, and their figures. */
final class Workload {

    private static final Logger LOG = LoggerFactory.getLogger(Workload.class);

    private final RecordHandling handling;
    private final int inFlightMax;
    private final Clock clock;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Set<MessageProgress> underWay = ConcurrentHashMap.newKeySet();
    private final Timer handlingTime;
    private final Timer queueTime;
    private volatile Disposable.Composite running = Disposables.composite();

    Workload(RecordHandling handling, String group, Topic topic, int inFlightMax, MeterRegistry meters, Clock clock) {
        if (inFlightMax < 1) {
            throw new IllegalArgumentException("a listener that handles " + inFlightMax + " messages at a time");
        }
        this.handling = handling;
        this.inFlightMax = inFlightMax;
        this.clock = clock;
        var tags = new String[]{ "group", group, "topic", topic.topicName() };
        handlingTime = Timer.builder("listener.handling.time").tags(tags)
                .description("From the first call of the handler to the end of the message").register(meters);
        queueTime = Timer.builder("listener.queue.time").tags(tags)
                .description("From the record's timestamp to the first call of the handler").register(meters);
        new LiveGauge<AtomicInteger>("listener.in.flight", Tags.of(tags), null, "Messages being handled",
                AtomicInteger::get, Double::sum).join(meters, inFlight);
    }

    int inFlightMax() {
        return inFlightMax;
    }

    boolean concerns(ConsumerRecord<String, byte[]> record) {
        return handling.concerns(record);
    }

    boolean hasRoom() {
        return inFlight.get() < inFlightMax;
    }

    boolean isIdle() {
        return inFlight.get() == 0;
    }

    /** How long ago the message that is furthest behind was begun or got on; nothing where none is being handled. */
    Duration behind() {
        return underWay.stream().map(MessageProgress::ago).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** @param ended called when the record needs nothing more; not called when it was abandoned */
    void begin(ConsumerRecord<String, byte[]> record, Runnable ended) {
        var begun = clock.instant();
        queueTime.record(positive(Duration.between(Instant.ofEpochMilli(record.timestamp()), begun)));
        inFlight.incrementAndGet();
        var progress = new MessageProgress();
        underWay.add(progress);
        var mine = running;
        var slot = Disposables.swap();
        mine.add(slot);
        slot.update(handling.handle(record)
                .contextWrite(progress::in)
                .doFinally(signal -> {
                    mine.remove(slot);
                    underWay.remove(progress);
                    if (signal == SignalType.ON_COMPLETE) {
                        handlingTime.record(positive(Duration.between(begun, clock.instant())));
                        ended.run();
                    }
                    // Last: who sees nothing in flight commits what has ended.
                    inFlight.decrementAndGet();
                })
                .onErrorResume(e -> {
                    LOG.error("a record at offset {} is left uncommitted", record.offset(), e);
                    return Mono.empty();
                })
                .subscribe());
    }

    /** Cancels what is still being handled; it was not committed and comes again. */
    void abandon() {
        var left = running;
        running = Disposables.composite();
        left.dispose();
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
