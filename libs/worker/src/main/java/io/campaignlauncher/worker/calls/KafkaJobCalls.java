package io.campaignlauncher.worker.calls;

import io.campaignlauncher.graph.CallWatch;
import io.campaignlauncher.messaging.BackgroundThread;
import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RetryLoop;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Notes requests on {@code graph.calls}. Whoever sends a request leaves its note here and goes on; a thread and a producer of their own
 * bring notes to Kafka, so that no report of a job waits behind one. What does not fit, or Kafka does not take soon, is dropped and
 * counted.
 */
public final class KafkaJobCalls implements JobCalls, SmartLifecycle {

    /** A batch is some kilobytes, another request far less. */
    static final int WAITING_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaJobCalls.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration BLOCK_MAX = Duration.ofSeconds(1);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final LaunchRecords records;
    private final String source;
    private final Readiness readiness;
    private final Clock clock;
    private final Counter lost;
    private final RetryLoop retries;
    private final BlockingQueue<NotedCall> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final BackgroundThread thread = new BackgroundThread("graph-calls", this::publish);

    /**
     * @param source    the CloudEvents source, e.g. {@code /creator-service}
     * @param readiness nothing is published before: the topics
     */
    public KafkaJobCalls(KafkaSettings kafka, LaunchRecords records, String source, Readiness readiness,
            MeterRegistry meters, Clock clock) {
        this.clients = new KafkaClients(kafka);
        this.records = records;
        this.source = source;
        this.readiness = readiness;
        this.clock = clock;
        this.lost = Counter.builder("graph.calls.not.noted")
                .description("Requests to Facebook that are missing where the requests of a launch are shown")
                .register(meters);
        this.retries = new RetryLoop("requests to Facebook are not noted", LOG, clock);
    }

    @Override
    public CallWatch of(CalledFor work) {
        var workId = UUID.randomUUID().toString();
        var numbers = new AtomicInteger();
        return (call, context) -> {
            if (!waiting.offer(new NotedCall(work, workId, numbers.incrementAndGet(),
                    clock.instant().minus(call.took()), call, CalledSlots.in(context).slots()))) {
                lost.increment();
            }
        };
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop().join();
    }

    @Override
    public void stop(Runnable callback) {
        thread.stop().thenRun(callback);
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }

    /** Stopped after whatever sends requests. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 2;
    }

    private void publish(BackgroundThread running) {
        running.await(readiness);
        retries.until(running, () -> {
            var producer = clients.producerOfNotes("graph-calls", BLOCK_MAX);
            try {
                retries.works();
                while (running.goesOn()) {
                    var call = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                    if (call != null) {
                        send(producer, call);
                    }
                }
                sendRest(producer);
            } finally {
                producer.close(CLOSE_MAX);
            }
        });
    }

    /** As many as there is time for. */
    private void sendRest(Producer<String, byte[]> producer) {
        var until = System.nanoTime() + CLOSE_MAX.toNanos();
        for (var call = waiting.poll(); call != null; call = waiting.poll()) {
            if (System.nanoTime() - until < 0) {
                send(producer, call);
            } else {
                lost.increment();
            }
        }
    }

    private void send(Producer<String, byte[]> producer, NotedCall call) {
        try {
            var record = records.record(Topic.GRAPH_CALLS, call.work().jobId(), call.message(),
                    call.envelope(source, clock.instant()));
            producer.send(record, (_, failure) -> {
                if (failure != null) {
                    lost.increment();
                }
            });
        } catch (RuntimeException e) {
            lost.increment();
            LOG.debug("a request is not noted", e);
        }
    }
}
