package io.campaignlauncher.job.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.model.Refusal;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.RequestSample;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.schemas.CreationRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a host is told to append and to change when commands to one job are decided together. */
class DecidedBatchTest {

    private static final String JOB = "3f9c2f5e-0c1d-3b1a-9a55-0d6a3f1f0a11";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final DecisionContext MOMENT = new DecisionContext(JOB, NOW,
            JobPolicy.defaults(Duration.ofSeconds(10)));

    private final List<String> namesAskedFor = new ArrayList<>();
    private final List<String> mediaAskedFor = new ArrayList<>();
    private final List<MediaFile> media = new ArrayList<>();
    private final AcceptanceFacts facts = new AcceptanceFacts() {
        @Override
        public boolean nameTakenByAnother(String jobId, LaunchRequest request) {
            namesAskedFor.add(request.campaign().name());
            return true;
        }

        @Override
        public List<MediaFile> media(LaunchRequest request, Set<String> references) {
            mediaAskedFor.addAll(references);
            return media;
        }

        @Override
        public PriorAcceptance priorAcceptance(String jobId, LaunchRequest request) {
            return PriorAcceptance.NONE;
        }
    };

    @Test
    void each_command_is_decided_on_what_those_before_it_led_to() {
        var batch = decided(Job.initialState(), accept(), accept(), passed());

        assertThat(events(batch.commands().get(0))).containsExactly(JobEvent.JobAccepted.class,
                JobEvent.PreVerificationRequested.class);
        assertThat(events(batch.commands().get(1))).isEmpty();
        assertThat(batch.commands().get(1).decision()).isEqualTo(Decision.accept());
        assertThat(events(batch.commands().get(2))).containsExactly(JobEvent.PreVerificationCompleted.class,
                JobEvent.CreationRequested.class);
        assertThat(batch.after().phase()).isEqualTo(Phase.CREATING);
        assertThat(batch.appended()).hasSize(4);
    }

    @Test
    void a_name_is_asked_for_once_and_only_for_a_job_that_is_new() {
        var accepted = decided(Job.initialState(), accept(), accept());
        decided(accepted.after(), accept());

        assertThat(namesAskedFor).containsExactly("Summer sale");
        assertThat(accepted.after().terms().nameTakenByAnotherJob()).isTrue();
    }

    @Test
    void what_was_promised_where_a_request_came_in_holds_although_nobody_used_its_key_before() {
        var request = RequestSample.forAll(2);
        var batch = decided(Job.initialState(), new JobCommand.AcceptJob(JOB, request, RequestFingerprint.of(request),
                PriorAcceptance.THIS_REQUEST, List.of(new Violation("credentialId", "is not known"))));

        assertThat(events(batch.commands().getFirst())).containsExactly(JobEvent.JobAccepted.class,
                JobEvent.JobFailed.class);
    }

    @Test
    void images_are_asked_for_where_a_creative_names_one_and_are_part_of_what_is_accepted() {
        decided(Job.initialState(), accept());
        assertThat(mediaAskedFor).isEmpty();

        var plain = RequestSample.forAll(2);
        var request = new LaunchRequest("k2", plain.userId(), plain.adAccountId(), plain.credentialId(),
                plain.strategy(), plain.adSetCount(), plain.adCount(), plain.pageId(), plain.pixelId(),
                plain.campaign(), plain.adSet(), new AdSpec("{\"image\":\"beach.png\"}", Map.of()),
                plain.retryBudget(), plain.rollbackPolicy(), plain.duplicateName(), plain.webhook(),
                plain.priority()).withMediaOf("summer");
        var asked = RequestSample.accept(JOB, request);
        assertThat(decided(Job.initialState(), asked).decisions()).containsExactly(Decision.refuse(
                new Refusal.InvalidRequest(List.of(new Violation("ad.creative.image",
                        "is no image of the upload summer to act_1001")))));

        media.add(new MediaFile("beach.png", MediaType.IMAGE, "cafe", null));
        var batch = decided(Job.initialState(), asked, passed(media));
        assertThat(batch.after().terms().media()).isEqualTo(media);
        assertThat(mediaAskedFor).containsExactly("beach.png", "beach.png");
        var command = ((CreationRequested) batch.appended().getLast().message()).getCommand();
        assertThat(command.getAdSpec().getCreative()).isEqualTo("{\"image_hash\":\"cafe\"}");
        assertThat(command.getAdSpecs()).isEmpty();
    }

    @Test
    void nothing_is_kept_of_commands_that_make_no_job() {
        var batch = decided(Job.initialState(), passed());

        assertThat(batch.isWithoutJob()).isTrue();
        assertThat(batch.decisions()).singleElement().isInstanceOf(Decision.Refused.class);
        assertThat(batch.appended()).isEmpty();
    }

    @Test
    void a_wait_comes_with_the_event_that_begins_it() {
        var accepted = decided(Job.initialState(), accept()).after();
        var batch = decided(accepted, new JobCommand.RecordPreVerification(new PreVerificationReport(1,
                VerificationOutcome.INCONCLUSIVE, List.of(), null, null, null, 5, 1)));

        assertThat(batch.appended()).last().satisfies(last -> {
            assertThat(last.event()).isInstanceOf(JobEvent.RetryScheduled.class);
            assertThat(last.beside()).contains(new SideEffect.WaitScheduled(1,
                    ((JobEvent.RetryScheduled) last.event()).at()));
        });
    }

    @Test
    void a_name_is_free_at_once_after_a_failure_and_once_reads_show_it_after_a_success() {
        assertThat(SideEffect.of(new JobEvent.JobFailed(List.of("no"), true))).contains(new SideEffect.NameFree());
        assertThat(SideEffect.of(new JobEvent.JobRolledBack("no"))).contains(new SideEffect.NameFree());
        assertThat(SideEffect.of(new JobEvent.JobCompleted("100", 1, 1)))
                .contains(new SideEffect.NameFreeOnceReadable());
        assertThat(SideEffect.of(new JobEvent.RollbackStarted("no", null))).isEmpty();
    }

    private DecidedBatch decided(JobState state, JobCommand... commands) {
        return DecidedBatch.of(state,
                List.of(commands).stream().map(one -> new IssuedCommand(one, Origin.JOB)).toList(),
                MOMENT, facts);
    }

    private static JobCommand accept() {
        return RequestSample.accept(JOB, RequestSample.forAll(2));
    }

    private static JobCommand passed() {
        return passed(List.of());
    }

    /** @param ready of what the launch names */
    private static JobCommand passed(List<MediaFile> ready) {
        return new JobCommand.RecordPreVerification(new PreVerificationReport(1, VerificationOutcome.PASSED, List.of(),
                0, 100, null, 5, 1, null, ready, null));
    }

    private static List<Class<?>> events(DecidedCommand command) {
        return command.appended().stream().<Class<?>>map(one -> one.event().getClass()).toList();
    }
}
