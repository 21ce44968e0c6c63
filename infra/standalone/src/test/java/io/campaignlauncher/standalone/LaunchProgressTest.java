package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.CreationRoundEnded;
import io.campaignlauncher.schemas.DeletionReason;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.JobCancelled;
import io.campaignlauncher.schemas.LaunchRescheduled;
import io.campaignlauncher.schemas.LaunchScheduled;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.JobRolledBack;
import io.campaignlauncher.schemas.LaunchRecords.Received;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.SlotRef;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsReopened;
import io.campaignlauncher.schemas.VerificationRequested;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What a launch looks like from its events, and how it is shown. */
class LaunchProgressTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final LaunchProgress progress = new LaunchProgress(UUID.randomUUID());
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long sequence;
    private String post = "";

    @Test
    void counts_what_exists_and_times_each_stage() {
        accepted();
        event(1, PreVerificationRequested.newBuilder().build());
        event(2, CreationRequested.newBuilder().build());
        event(3, created(EntityType.CAMPAIGN, 1));
        event(4, created(EntityType.AD_SET, 1, 2));
        event(5, CreationRoundEnded.newBuilder().setHttpCalls(3).build());
        event(5, VerificationRequested.newBuilder().build());
        event(7, JobCompleted.newBuilder().build());

        assertThat(progress.end()).isEqualTo("completed");
        assertThat(progress.wanted(EntityType.AD_SET)).isEqualTo(2);
        assertThat(progress.created(EntityType.AD_SET)).isEqualTo(2);
        assertThat(progress.created(EntityType.CAMPAIGN)).isEqualTo(1);
        assertThat(progress.created(EntityType.AD)).isZero();
        assertThat(progress.httpCalls()).isEqualTo(3);
        assertThat(progress.elapsed(START.plusSeconds(100))).isEqualTo(Duration.ofSeconds(7));
        assertThat(progress.stages()).containsExactly(
                Map.entry("pre-creation verification", Duration.ofSeconds(1)),
                Map.entry("creation", Duration.ofSeconds(3)),
                Map.entry("post-creation verification", Duration.ofSeconds(2)));
    }

    @Test
    void says_why_somebody_cancelled() {
        accepted();
        event(1, new JobCancelled("", "boss", "wrong creative"));

        assertThat(progress.detail()).isEqualTo("cancelled: wrong creative");
    }

    @Test
    void says_when_it_begins_and_why_somebody_moved_that() {
        accepted();
        event(1, new LaunchScheduled("", 1, START.plusSeconds(60), null));
        assertThat(progress.stage()).isEqualTo("waiting for its start");
        assertThat(progress.detail()).isEqualTo("begins at " + START.plusSeconds(60));

        event(2, new LaunchRescheduled("", null, "boss", "we are early"));
        assertThat(progress.detail()).isEqualTo("start moved: we are early");
    }

    @Test
    void counts_an_event_once_that_is_published_twice() {
        accepted();
        var received = event(1, CreationRoundEnded.newBuilder().setHttpCalls(3).build());

        progress.take(received);

        assertThat(progress.httpCalls()).isEqualTo(3);
    }

    @Test
    void counts_neither_what_does_not_exist_nor_what_was_too_many() {
        accepted();
        event(1, created(EntityType.AD_SET, 1, 2));
        event(2, SlotsReopened.newBuilder().setSlots(List.of(new SlotRef(EntityType.AD_SET, 2))).build());
        event(3, deleted(DeletionReason.SURPLUS, "999"));

        assertThat(progress.created(EntityType.AD_SET)).isEqualTo(1);

        event(4, deleted(DeletionReason.ROLLBACK, "1", "998"));

        assertThat(progress.created(EntityType.AD_SET)).isZero();
    }

    @Test
    void tells_why_a_launch_ended_in_nothing() {
        accepted();
        event(1, JobFailed.newBuilder().setReasons(List.of("one", "two")).build());
        assertThat(progress.end()).isEqualTo("failed");
        assertThat(progress.detail()).isEqualTo("one; two");

        event(2, JobRolledBack.newBuilder().setReason("three").build());
        assertThat(progress.end()).isEqualTo("rolled_back");
        assertThat(progress.detail()).isEqualTo("three");
    }

    @Test
    void shows_a_line_for_each_change_where_there_is_no_terminal() {
        var display = display(false);
        display.show(progress, START);
        accepted();
        display.show(progress, START);
        display.show(progress, START.plusSeconds(1));
        event(2, CreationRequested.newBuilder().build());
        event(3, created(EntityType.AD_SET, 1));
        display.show(progress, START.plusSeconds(3));
        event(4, RetryScheduled.newBuilder().setRetryCount(1).setAt(START)
                .setFault(GraphFault.newBuilder().setKind(ErrorKind.TEMPORARY).setMessage("no answer").build())
                .build());
        display.show(progress, START.plusSeconds(4));

        assertThat(output().lines()).containsExactly(
                "0.00 s  waiting to be accepted: campaign 0/0, ad sets 0/0, ads 0/0, retries 0",
                "0.00 s  waiting to be accepted: campaign 0/1, ad sets 0/2, ads 0/2, retries 0",
                "3.00 s  creation: campaign 0/1, ad sets 1/2, ads 0/2, retries 0",
                "4.00 s  waiting to retry: campaign 0/1, ad sets 1/2, ads 0/2, retries 1 (no answer)");
    }

    @Test
    void draws_bars_over_one_another_on_a_terminal() {
        var display = display(true);
        accepted();
        display.show(progress, START);
        event(2, created(EntityType.AD_SET, 1));
        display.show(progress, START.plusSeconds(2));

        var frames = output().split("\u001b\\[5A\u001b\\[J");
        assertThat(frames).hasSize(2);
        assertThat(frames[0].lines()).hasSize(5).element(1).isEqualTo("ad sets   [" + "·".repeat(30) + "]   0/2");
        assertThat(frames[1].lines().toList()).hasSize(5).contains(
                "ad sets   [" + "█".repeat(15) + "·".repeat(15) + "]   1/2",
                "stage     waiting to be accepted   retries 0   2.00 s");
    }

    @Test
    void shows_how_far_the_post_beside_the_launch_has_come() {
        post = "draft > submitted";
        display(true).show(progress, START);
        display(false).show(progress, START);

        assertThat(output().lines()).contains("post      draft > submitted",
                "0.00 s  waiting to be accepted: campaign 0/0, ad sets 0/0, ads 0/0, retries 0; post draft > submitted");
    }

    @Test
    void sums_up_a_settled_launch() {
        accepted();
        event(1, PreVerificationRequested.newBuilder().build());
        event(2, JobFailed.newBuilder().setReasons(List.of("The ad account is disabled.")).build());

        display(false).summarize(progress, "the-job", START.plusSeconds(9));

        assertThat(output()).contains("Job the-job failed after 2.00 s: The ad account is disabled.",
                "entities    0 campaign, 0 ad sets, 0 ads", "1.00 s  pre-creation verification");
    }

    private ProgressDisplay display(boolean terminal) {
        return new ProgressDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, () -> post);
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void accepted() {
        event(0, JobAccepted.newBuilder().setRequest(Requests.oneFiftyOne("act_1", 2).build()).setAdSets(2).setAds(2)
                .build());
    }

    private static SlotsCreated created(EntityType type, int... slots) {
        return SlotsCreated.newBuilder().setSlots(Arrays.stream(slots)
                .mapToObj(slot -> new CreatedEntity(type, slot, Integer.toString(slot), false)).toList()).build();
    }

    private static EntitiesDeleted deleted(DeletionReason reason, String... ids) {
        return EntitiesDeleted.newBuilder().setReason(reason).setEntities(Arrays.stream(ids)
                .map(id -> new Entity(EntityType.AD_SET, id, "an ad set", 1)).toList()).build();
    }

    private Received event(int second, SpecificRecord message) {
        var received = new Received(new Envelope("id-" + sequence, message.getSchema().getName(), "/test", "the-job",
                START.plusSeconds(second), sequence++, "the-job", null, null), message);
        progress.take(received);
        return received;
    }
}
