package io.campaignlauncher.analytics.kafka;

import io.campaignlauncher.analytics.model.Fact;
import io.campaignlauncher.analytics.model.Figures;
import io.campaignlauncher.analytics.model.FiguresNow;
import io.campaignlauncher.messaging.TopicFollower;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the records of {@link #TOPICS} to the figures, and tells the figures to whoever asks, on any thread. */
public final class FiguresReader implements TopicFollower.Follower {

    /** All that the figures need: requests for the time that they wait, events for everything else. */
    public static final Set<Topic> TOPICS = Set.of(Topic.CAMPAIGN_COMMANDS, Topic.JOB_EVENTS);

    private static final Logger LOG = LoggerFactory.getLogger(FiguresReader.class);
    private static final Duration VALID = Duration.ofSeconds(1);

    /**
     * How far it is.
     *
     * @param caughtUp   whether everything that was there at the start was read
     * @param behind     records that are there and were not read
     * @param unreadable records that were passed over because they are not what the contract says
     */
    public record Progress(boolean caughtUp, long behind, long unreadable) {}

    private final LaunchRecords records = new LaunchRecords();
    private final Figures figures;
    private final Clock clock;
    private final Runnable news;
    private Progress progress = new Progress(false, 0, 0);
    private boolean taken;
    private @Nullable FiguresNow latest;
    private Instant latestAt = Instant.MIN;

    /** @param news called after a poll that gave something, on the reading thread */
    public FiguresReader(Figures figures, Clock clock, Runnable news) {
        this.figures = figures;
        this.clock = clock;
        this.news = news;
    }

    @Override
    public synchronized void take(ConsumerRecord<String, byte[]> record) {
        taken = true;
        try {
            var type = header(record, "ce_type");
            // What claims to be of the future is of now: it would hold a place in a window for ever.
            var at = earlier(LaunchRecords.timeOf(record), clock.instant());
            var jobId = header(record, "ce_subject");
            if (record.topic().equals(Topic.JOB_EVENTS.topicName())) {
                figures.happened(jobId, Long.parseLong(header(record, "ce_sequence")), at, fact(type, record));
            } else if (type.equals("CreateCampaign")) {
                figures.requested(jobId, at);
            }
        } catch (UnreadableRecord e) {
            leaveOut(record, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            leaveOut(record, "no sense can be made of it: " + e.getClass().getSimpleName());
        }
    }

    /** Told when their number has doubled: a topic full of such records is no reason for a log full of them. */
    private void leaveOut(ConsumerRecord<String, byte[]> record, String reason) {
        var unreadable = progress.unreadable() + 1;
        progress = new Progress(progress.caughtUp(), progress.behind(), unreadable);
        if (Long.bitCount(unreadable) == 1) {
            LOG.warn("{}-{}@{} is left out of the figures, number {}: {}", record.topic(), record.partition(),
                    record.offset(), unreadable, reason);
        }
    }

    private Fact fact(String type, ConsumerRecord<String, byte[]> record) {
        return Facts.of(type, () -> records.encoding().decode(type, record.value()));
    }

    @Override
    public void polled(boolean caughtUp, long behind) {
        boolean isNew;
        synchronized (this) {
            isNew = taken;
            taken = false;
            if (caughtUp && !progress.caughtUp()) {
                figures.live();
                latest = null;
            }
            progress = new Progress(caughtUp, behind, progress.unreadable());
        }
        if (isNew) {
            news.run();
        }
    }

    /** At most a second old: several readers of one page do not each fold the windows. */
    public synchronized FiguresNow now() {
        var now = clock.instant();
        var known = latest;
        if (known == null || !now.isBefore(latestAt.plus(VALID))) {
            known = figures.at(now);
            latest = known;
            latestAt = now;
        }
        return known;
    }

    public synchronized Progress progress() {
        return progress;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
