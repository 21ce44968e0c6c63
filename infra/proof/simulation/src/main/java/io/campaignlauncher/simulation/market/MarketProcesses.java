package io.campaignlauncher.simulation.market;

import io.campaignlauncher.pace.PaceTime;
import io.campaignlauncher.posting.kafka.KafkaPostReporter;
import io.campaignlauncher.posting.kafka.PostingCommands;
import io.campaignlauncher.posting.telegram.PostingTime;
import io.campaignlauncher.posting.telegram.PostingWorker;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulation.engine.CommitFailed;
import io.campaignlauncher.simulation.engine.Commits;
import io.campaignlauncher.simulation.engine.Lives;
import io.campaignlauncher.simulation.engine.Message;
import io.campaignlauncher.simulation.engine.Partitions;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.simulation.engine.TopicReader;
import io.campaignlauncher.simulation.engine.Transactions;
import io.campaignlauncher.worker.KafkaFactReporter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What the processes of the moderation-service and of the posting-service run: the real code. */
final class MarketProcesses implements Lives.Watcher {

    static final String MODERATION = "moderation";
    static final String POSTING = "posting";

    private static final Duration BROKER = Duration.ofMillis(5);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(500);
    private static final Duration STORE_AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration STORE_AGAIN_AFTER_MAX = Duration.ofSeconds(10);
    private static final Commits.Hazards POSTS = new Commits.Hazards(MarketFault.POSTS_FAILED,
            MarketFault.POSTS_LOST_ACK, MarketFault.POSTS_SLOW);
    private static final Commits.Hazards REPORTS = new Commits.Hazards(MarketFault.REPORT_FAILED,
            MarketFault.REPORT_LOST_ACK, null);

    private final MarketRun run;
    private final Lives lives;
    private final LaunchRecords records = new LaunchRecords();
    private final Map<SimulatedProcess, ModerationProcess> moderators = new HashMap<>();
    private final Partitions.Group commands;
    private final Partitions.Group reports;

    MarketProcesses(MarketRun run, Lives lives) {
        this.run = run;
        this.lives = lives;
        lives.add(MODERATION, run.surroundings().random().between(1, 2));
        lives.add(POSTING, run.surroundings().random().between(1, 2));
        this.commands = run.partitions().group(POSTING, () -> lives.anyOf(POSTING), Topic.POSTING_COMMANDS);
        this.reports = run.partitions().group(MODERATION, () -> lives.anyOf(MODERATION), Topic.POSTING_EVENTS);
    }

    @Override
    public void starts(String service, SimulatedProcess life) {
        switch (service) {
            case MODERATION -> startModeration(life);
            case POSTING -> startPosting(life);
            default -> throw new IllegalArgumentException(service);
        }
    }

    @Override
    public void died(SimulatedProcess life) {
        run.partitions().lost(life);
        run.feed().lost(life);
        moderators.remove(life);
    }

    @Override
    public void silent(SimulatedProcess life) {
        run.partitions().lost(life);
        run.feed().lost(life);
    }

    /** Some process of the moderation-service. */
    SimulatedProcess moderation() {
        return lives.anyOf(MODERATION);
    }

    ModerationProcess moderation(SimulatedProcess life) {
        return moderators.computeIfAbsent(life, _ -> new ModerationProcess(run, life));
    }

    private void startModeration(SimulatedProcess life) {
        var moderation = moderation(life);
        reports.join(life, new TopicReader(lives, run.partitions(), life, ModerationProcess.MESSAGES,
                moderation::handle, run::gaveUp));
        moderation.lookForLate();
    }

    private void startPosting(SimulatedProcess life) {
        var settings = run.settings();
        var store = settings.posts().apply(new PostTables(posts(life), run.posts()));
        var reporter = new KafkaPostReporter(new KafkaFactReporter(record -> publish(life, record), records,
                Topic.POSTING_EVENTS, KafkaPostReporter.SOURCE, life.clock(), life), life.clock());
        var worker = new PostingWorker(run.telegram(), Channels.BOT_ID, store, reporter,
                () -> Mono.fromSupplier(run::mayPost), new PostingTime(life.clock(), PaceTime.of(life)),
                settings.posting(), life.name());
        commands.join(life, new TopicReader(lives, run.partitions(), life, PostingCommands.MESSAGES,
                new PostingCommands(worker, Channels.MARKER_HOST, whileStoreIsAway(life))::handle, run::gaveUp));
        worker.until(Mono.never()).subscribe();
    }

    private Transactions posts(SimulatedProcess life) {
        var connection = run.database().connection(life, POSTS);
        return new Transactions() {

            @Override
            public <T> Mono<T> transaction(Supplier<T> work) {
                return connection.transaction(() -> {
                    var result = work.get();
                    run.rewindPostsSometimes();
                    return result;
                });
            }
        };
    }

    /** As the service does it, but for the jitter, which is no part of the seed. */
    private static Retry whileStoreIsAway(SimulatedProcess life) {
        return Retry.backoff(Long.MAX_VALUE, STORE_AGAIN_AFTER).maxBackoff(STORE_AGAIN_AFTER_MAX).jitter(0)
                .scheduler(life).filter(CommitFailed.class::isInstance);
    }

    /** Offered again until the broker has it, so that a report that seemed to fail is there twice. */
    private Mono<Void> publish(SimulatedProcess life, ProducerRecord<String, byte[]> record) {
        return new Commits(run.surroundings(), lives, life, BROKER, REPORTS).transaction(() -> {
            var message = read(record);
            run.surroundings().trace().line(life.name(), message.jobId(), () -> "reports " + message.value());
            run.partitions().append(Topic.POSTING_EVENTS, message);
            return message;
        }).retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN_AFTER).jitter(0).scheduler(life)).then();
    }

    private Message read(ProducerRecord<String, byte[]> record) {
        var received = records.read(new ConsumerRecord<>(record.topic(), 0, 0, 0, TimestampType.CREATE_TIME, 0, 0,
                record.key(), record.value(), record.headers(), Optional.empty()));
        return new Message(received.envelope(), received.message());
    }
}
