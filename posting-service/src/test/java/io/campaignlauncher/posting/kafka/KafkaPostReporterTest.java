package io.campaignlauncher.posting.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.posting.model.PostReport;
import io.campaignlauncher.posting.model.PostReport.LastLook.Result;
import io.campaignlauncher.posting.model.PostingCommand.PublishPost;
import io.campaignlauncher.posting.model.Posts;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.schemas.PostedMessage;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.worker.KafkaFactReporter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Reports as records that others can read. */
class KafkaPostReporterTest {

    private final LaunchRecords records = new LaunchRecords();
    private final List<ProducerRecord<String, byte[]>> published = new ArrayList<>();
    private final KafkaPostReporter reporter = new KafkaPostReporter(new KafkaFactReporter(
            record -> Mono.fromRunnable(() -> published.add(record)), records, Topic.POSTING_EVENTS,
            KafkaPostReporter.SOURCE, Clock.systemUTC()), Clock.systemUTC());
    private final PublishPost post = Posts.command();

    private LaunchRecords.Received told(PostReport report) {
        reporter.report(post, report).block();
        var sent = published.getLast();
        var record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return records.read(record);
    }

    private void tells(PostReport report, PostOutcome outcome, PostedMessage message, String detail) {
        var fact = (PostReported) told(report).message();
        assertThat(fact.getOutcome()).isEqualTo(outcome);
        assertThat(fact.getMessage()).isEqualTo(message);
        assertThat(fact.getDetail()).isEqualTo(detail);
        assertThat(fact.getPostJobId()).isEqualTo(post.jobId().toString());
    }

    @Test
    void tells_what_has_become_of_a_post() {
        var job = post.jobId();
        tells(new PostReport.Started(job, 2), PostOutcome.STARTED, null, "attempt 2");
        tells(new PostReport.Unknown(job, 1, "timed out", false), PostOutcome.UNCLEAR, null, "timed out");
        tells(new PostReport.Unknown(job, 1, "a hole", true), PostOutcome.ASKED, null, "a hole");
        tells(new PostReport.NotMade(job, 1, "not there"), PostOutcome.NOT_MADE, null, "not there");
        tells(new PostReport.Posted(job, 1, -5, 17, "https://t.me/a/17", null), PostOutcome.POSTED,
                new PostedMessage(-5L, 17L, "https://t.me/a/17"), "attempt 1");
        tells(new PostReport.Failed(job, "too long"), PostOutcome.FAILED, null, "too long");
        tells(new PostReport.ChannelHeld(job, -5, "no right"), PostOutcome.CHANNEL_HELD, null, "no right");
        var there = new PostedMessage(post.chatId(), 17L, "");
        tells(new PostReport.LastLook(job, Result.OK, 17, List.of()), PostOutcome.LAST_LOOK_OK, there, "one post");
        tells(new PostReport.LastLook(job, Result.SURPLUS_REMOVED, 17, List.of(18, 19)), PostOutcome.LAST_LOOK_OK,
                there, "one post; removed: [18, 19]");
        tells(new PostReport.LastLook(job, Result.GONE, 17, List.of()), PostOutcome.GONE, null,
                "message 17 is not there any more");
        tells(new PostReport.RolledBack(job, "too late", List.of(17)), PostOutcome.ROLLED_BACK, null,
                "too late; removed: [17]");
    }

    @Test
    void is_keyed_by_the_target_and_says_whose_post_it_is() {
        var envelope = told(new PostReport.Started(post.jobId(), 1)).envelope();

        assertThat(published.getLast().key()).isEqualTo(post.targetId().toString());
        assertThat(envelope.subject()).isEqualTo(post.targetId().toString());
        assertThat(envelope.id()).isEqualTo(post.jobId() + "/started/1");
        assertThat(envelope.tenant()).isEqualTo(post.tenant());
        assertThat(envelope.owner()).isEqualTo(post.ownerId());
    }

    @Test
    void whatever_the_words_of_a_reason_are_the_record_can_be_read_and_has_one_id() {
        var words = "no rights\n\t" + "🙂".repeat(400);
        var held = new PostReport.ChannelHeld(post.jobId(), -5, words);

        var first = told(held);
        assertThat(told(held).envelope().id()).isEqualTo(first.envelope().id());
        assertThat(told(new PostReport.ChannelHeld(post.jobId(), -5, words + ".")).envelope().id())
                .isNotEqualTo(first.envelope().id());
        assertThat(((PostReported) first.message()).getDetail()).hasSizeBetween(498, 500).startsWith("no rights")
                .endsWith("🙂");
    }
}
