package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.KillSwitchTurned;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The kill switches on the {@linkplain CompactedTopic compacted topic} {@code kill-switches}. The gauge {@code
 * launch.kill.switch} tells how each stands: 1 on, 0 off.
 */
public final class KafkaKillSwitches implements KillSwitches, Readiness, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaKillSwitches.class);

    private final CompactedTopic<KillSwitchContents> topic;
    private final RecordPublisher publisher;
    private final LaunchRecords records;
    private final MeterRegistry meters;
    private final String source;
    private final Clock clock;
    private final Map<KillSwitch, Sinks.Many<Boolean>> changes = new EnumMap<>(KillSwitch.class);
    private final Map<KillSwitch, Boolean> last = new EnumMap<>(KillSwitch.class);
    private final List<LiveGauge<KafkaKillSwitches>> gauges;

    /**
     * @param topics  ready when the topic is there
     * @param initial how switches stand that nobody turned yet; one that is not listed is on
     * @param source  the CloudEvents source of turns that this instance is told of, e.g. {@code /job-service}
     */
    public KafkaKillSwitches(KafkaSettings settings, Readiness topics, RecordPublisher publisher,
            LaunchRecords records, Map<KillSwitch, Boolean> initial, MeterRegistry meters, String source,
            Clock clock) {
        var states = new EnumMap<KillSwitch, State>(KillSwitch.class);
        initial.forEach((which, enabled) -> states.put(which, State.asSet(enabled)));
        for (var which : KillSwitch.values()) {
            changes.put(which, Sinks.many().replay().latest());
        }
        this.publisher = publisher;
        this.records = records;
        this.meters = meters;
        this.source = source;
        this.clock = clock;
        this.gauges = Arrays.stream(KillSwitch.values()).map(which -> gauge(which, source)).toList();
        this.topic = new CompactedTopic<>(Topic.KILL_SWITCHES, settings, topics,
                () -> new KillSwitchContents(records, states, this::stateRead), clock);
    }

    @Override
    public State state(KillSwitch which) {
        return topic.current().of(which);
    }

    @Override
    public Flux<Boolean> on(KillSwitch which) {
        return changes(which).asFlux();
    }

    @Override
    public Mono<Void> turn(KillSwitch which, boolean enabled, @Nullable String reason, @Nullable String by) {
        return Mono.defer(() -> {
            var recordId = UUID.randomUUID().toString();
            var message = KillSwitchTurned.newBuilder().setName(which.wireName()).setEnabled(enabled).setReason(reason)
                    .setTurnedBy(by).build();
            var envelope = Envelope.of(recordId, message.getSchema().getName(), source, which.wireName(),
                    clock.instant());
            return topic.stored(recordId,
                    publisher.publish(records.record(Topic.KILL_SWITCHES, which.wireName(), message, envelope)));
        });
    }

    /** On the thread that reads, for each switch after each poll: it passes on what has changed. */
    private void stateRead(KillSwitch which, State state) {
        var before = last.put(which, state.enabled());
        if (before != null && before == state.enabled()) {
            return;
        }
        if (!state.enabled()) {
            LOG.warn("the kill switch {} is off{}: {}", which.wireName(), since(state), which.meaningOfOff());
        } else if (before != null) {
            LOG.info("the kill switch {} is on again{}", which.wireName(), since(state));
        }
        changes(which).tryEmitNext(state.enabled());
    }

    private Sinks.Many<Boolean> changes(KillSwitch which) {
        return Objects.requireNonNull(changes.get(which));
    }

    /** Not by whom: a subject may be somebody's name, and no log has names. */
    private static String since(State state) {
        return state.turnedAt() == null ? " by its setting" : " since " + state.turnedAt();
    }

    @Override
    public Mono<Void> known() {
        return ready();
    }

    @Override
    public Mono<Void> ready() {
        return topic.ready();
    }

    private static LiveGauge<KafkaKillSwitches> gauge(KillSwitch which, String source) {
        return new LiveGauge<>("launch.kill.switch",
                Tags.of("name", which.wireName(), "service", source.substring(source.lastIndexOf('/') + 1)), null,
                "How a kill switch stands: 1 on, 0 off", all -> all.isOn(which) ? 1 : 0, Math::min);
    }

    @Override
    public void start() {
        gauges.forEach(gauge -> gauge.join(meters, this));
        topic.start();
    }

    @Override
    public void stop() {
        stopping().join();
    }

    @Override
    public void stop(Runnable callback) {
        stopping().thenRun(callback);
    }

    private CompletableFuture<Void> stopping() {
        gauges.forEach(gauge -> gauge.leave(meters, this));
        return topic.stop();
    }

    @Override
    public boolean isRunning() {
        return topic.isRunning();
    }

    @Override
    public int getPhase() {
        return CompactedTopic.PHASE;
    }
}
