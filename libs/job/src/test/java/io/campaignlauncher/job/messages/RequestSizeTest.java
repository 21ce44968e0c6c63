package io.campaignlauncher.job.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.DeletionReason;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FoundEntity;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.MediaType;
import io.campaignlauncher.job.model.PlannedSlot;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.model.RequestSample;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.Variations;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.job.model.VerificationReport;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.job.request.RequestSize;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the largest request leads to finds room in a record. */
class RequestSizeTest {

    private static final String JOB = UUID.randomUUID().toString();
    private static final List<String> FIELDS = List.of("audience_id", "conversion_domain", "display_sequence",
            "engagement_audience", "priority", "tracking_specs");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int HEADERS = 8 * 1024;
    private static final AvroEncoding ENCODING = new AvroEncoding();

    @Test
    void the_largest_request_leads_to_no_command_that_is_too_large() {
        var state = accepted(request(largestFill()));
        var adSets = IntStream.rangeClosed(1, 200).mapToObj(number -> new SlotId(EntityType.AD_SET, number)).toList();
        state = Job.evolve(state, new JobEvent.SlotsCreated(1,
                adSets.stream().map(id -> new CreatedSlot(id, "9".repeat(20), false)).toList(), NOW));
        var ads = IntStream.rangeClosed(1, 200).mapToObj(number -> new SlotId(EntityType.AD, number)).toList();
        var command = new JobEvent.CreationRequested(2, false, ads);

        assertThat(bytes(command, Job.evolve(state, command)) + HEADERS).isLessThan(Topic.RECORD_BYTES_MAX)
                .isGreaterThan(950_000);
    }

    @Test
    void a_request_that_is_a_byte_too_large_is_refused_and_says_by_how_much() {
        assertThat(RequestSize.violation(request(largestFill()))).isEmpty();
        assertThat(RequestSize.violation(request(largestFill() + 1)).orElseThrow().message())
                .isEqualTo("may have at most 524288 bytes, and has 524289");
    }

    @Test
    void the_largest_list_leads_to_no_event_that_is_too_large() {
        var stem = "漢".repeat(130);
        var adSets = IntStream.rangeClosed(1, 200).mapToObj(i -> listed("s" + i + stem, 1L, 5)).toList();
        var request = RequestSample.listed(adSets, null);
        assertThat(RequestSize.violation(request)).isEmpty();
        var state = accepted(request);
        var all = state.plan().slots().stream().map(PlannedSlot::id).toList();
        assertThat(all).hasSize(1_201);
        assertAllFit(Job.initialState(), decide(Job.initialState(), RequestSample.accept(JOB, request)));
        state = Job.evolve(state, new JobEvent.CreationRequested(1, false, all));
        assertAllFit(state, List.of(new JobEvent.CreationRequested(2, false, all),
                new JobEvent.SlotsCreated(2,
                        all.stream().map(id -> new CreatedSlot(id, "9".repeat(20), false)).toList(), NOW),
                new JobEvent.VerificationRequested(1, null), new JobEvent.RollbackStarted("why", null),
                new JobEvent.DeletionRequested(1, DeletionReason.ROLLBACK, List.of())));
    }

    @Test
    void a_list_that_is_too_large_with_everything_written_out_is_refused_and_one_that_just_fits_fits() {
        var budgets = IntStream.rangeClosed(1, 200).mapToObj(i -> listed("Set " + i, i, 1)).toList();
        var largest = RequestSample.listed(budgets, "{\"a\":\"" + "y".repeat(4_380) + "\"}");
        assertThat(RequestSize.violation(largest)).isEmpty();
        var state = accepted(largest);
        assertAllFit(state, List.of(new JobEvent.CreationRequested(2, false,
                state.plan().slots().stream().map(PlannedSlot::id).toList())));

        assertThat(RequestSize.violation(
                RequestSample.listed(budgets, "{\"a\":\"" + "y".repeat(4_400) + "\"}")).orElseThrow()
                .message()).matches("may have at most 921600 bytes with everything written out for each ad set and ad,"
                        + " and has \\d+");
    }

    @Test
    void names_that_a_template_makes_too_large_in_all_are_refused() {
        var adSets = IntStream.rangeClosed(1, 200)
                .mapToObj(_ -> new ListedAdSet(null, null, null, null, null, Map.of(),
                        Collections.nCopies(5, new ListedAd(null, null, Map.of()))))
                .toList();
        var template = "漢".repeat(300) + "{n}";
        var request = RequestSample.listed(adSets, null)
                .varied(new Variations(template, template, List.of(), List.of(), adSets, false));

        assertThat(RequestSize.violation(request).orElseThrow().message())
                .startsWith("may have names of at most 524288 bytes in all, and has ");
    }

    @Test
    void what_images_and_videos_become_leads_to_no_event_that_is_too_large() {
        var media = new ArrayList<MediaFile>();
        assertThat(RequestSize.violation(naming(media, 999))).isPresent();
        int least = 300;
        for (int most = 999; most - least > 1;) {
            int middle = (least + most) / 2;
            if (RequestSize.violation(naming(media, middle)).isEmpty()) {
                least = middle;
            } else {
                most = middle;
            }
        }
        var largest = naming(media, least);
        assertThat(RequestSize.violation(largest)).isEmpty();

        var accept = new JobCommand.AcceptJob(JOB, largest, "f", false, PriorAcceptance.NONE, List.of(),
                media.stream().map(file -> new MediaFile(file.reference(), file.type(), file.facebookId(), null))
                        .toList());
        assertAllFit(Job.initialState(), decide(Job.initialState(), accept));
        var state = after(Job.initialState(), decide(Job.initialState(), accept));
        var report = new PreVerificationReport(1, VerificationOutcome.PASSED, List.of(), 1, 1, null, 1, 1, null,
                media, null);
        var begun = decide(state, new JobCommand.RecordPreVerification(report));
        assertAllFit(state, begun);
        assertAllFit(after(state, begun), List.of(new JobEvent.PreVerificationRequested(2, false)));
    }

    /** Each ad shows a video of its own. @param media becomes what Facebook calls them, at its largest */
    private static LaunchRequest naming(List<MediaFile> media, int videos) {
        media.clear();
        var ads = new ArrayList<ListedAd>();
        for (int i = 0; i < videos; i++) {
            var name = "漢".repeat(90) + i + ".mp4";
            media.add(new MediaFile(name, MediaType.VIDEO, "%020d".formatted(i),
                    "h".repeat(MediaFile.THUMBNAIL_CHARACTERS_MAX)));
            ads.add(new ListedAd("Ad " + i, "{\"video_data\":{\"video\":\"" + name + "\"}}", Map.of()));
        }
        var adSets = IntStream.iterate(0, from -> from < videos, from -> from + 50)
                .mapToObj(from -> new ListedAdSet("Set " + from, 1L, null, null, null, Map.of(),
                        ads.subList(from, Math.min(from + 50, videos))))
                .toList();
        return RequestSample.listed(adSets, null).withMediaOf("summer");
    }

    @Test
    void many_videos_in_one_creative_that_all_ads_share_are_counted_too() {
        var videos = IntStream.range(0, 950).mapToObj(i -> "{\"video\":\"" + i + ".mp4\"}")
                .collect(Collectors.joining(","));
        var request = RequestSample.forAll(1)
                .withAd(new AdSpec("{\"asset_feed_spec\":{\"videos\":[" + videos + "]}}", Map.of()))
                .withMediaOf("summer");

        assertThat(RequestSize.violation(request)).isPresent();
    }

    private static JobState after(JobState before, List<JobEvent> events) {
        var state = before;
        for (var event : events) {
            state = Job.evolve(state, event);
        }
        return state;
    }

    private static ListedAdSet listed(String name, long budget, int ads) {
        return new ListedAdSet(name, budget, null, null, null, Map.of(),
                IntStream.rangeClosed(1, ads).mapToObj(k -> new ListedAd(name + k, null, Map.of())).toList());
    }

    @Test
    void a_thousand_twins_lead_to_no_event_that_is_too_large() {
        var state = accepted(request(60_000));
        var all = IntStream.range(0, 1_000).mapToObj(i -> new FoundEntity(new SlotId(EntityType.AD_SET, 1),
                Integer.toString(1_000_000 + i), "漢".repeat(400))).toList();
        state = Job.evolve(state, new JobEvent.VerificationRequested(1, null));
        var report = new VerificationReport(1, VerificationOutcome.REFUSED, List.of(), all, 1, 1_001, 0, NOW, null,
                null, 1, 1);
        var removing = decide(state, new JobCommand.RecordVerification(report));
        // Whatever was read before the verifier kept to a bound is stored as it came.
        assertAllFit(state, removing.subList(1, removing.size()));

        state = Job.evolve(state, new JobEvent.DeletionPassEnded(1, List.of(), 1, all, NOW));
        state = Job.evolve(state, new JobEvent.VerificationRequested(2, null));
        assertAllFit(state, decide(state, new JobCommand.RecordVerification(new VerificationReport(2,
                VerificationOutcome.PASSED, List.of(), List.of(), 1, 200, 200, NOW, null, null, 1, 1))));

        state = Job.evolve(state, new JobEvent.RollbackStarted("why", null));
        assertAllFit(state, List.of(new JobEvent.DeletionRequested(2, DeletionReason.ROLLBACK, List.of())));
    }

    private static List<JobEvent> decide(JobState state, JobCommand command) {
        return ((Decision.Accepted) Job.decide(state, command,
                new DecisionContext(JOB, NOW, JobPolicy.defaults(Duration.ofSeconds(10))))).events();
    }

    private static void assertAllFit(JobState before, List<JobEvent> events) {
        var state = before;
        assertThat(events).isNotEmpty();
        for (var event : events) {
            state = Job.evolve(state, event);
            assertThat(bytes(event, state) + HEADERS).as(event.getClass().getSimpleName())
                    .isLessThan(Topic.RECORD_BYTES_MAX);
        }
    }

    private static JobState accepted(LaunchRequest request) {
        var decision = Job.decide(Job.initialState(), RequestSample.accept(JOB, request),
                new DecisionContext(JOB, NOW, JobPolicy.defaults(Duration.ofSeconds(10))));
        var state = Job.initialState();
        for (var event : ((Decision.Accepted) decision).events()) {
            state = Job.evolve(state, event);
        }
        return state;
    }

    private static int bytes(JobEvent event, JobState after) {
        return ENCODING.encode(EventMessages.message(event, after,
                new DecisionContext(JOB, NOW, JobPolicy.defaults(Duration.ofSeconds(10))))).length;
    }

    private static int largestFill() {
        return RequestSize.BYTES_MAX - ENCODING.encode(LaunchRequests.toAvro(request(100_000))).length + 100_000;
    }

    /** The longest names that there may be, the most slots, and further texts of so many bytes. */
    private static LaunchRequest request(int fill) {
        var plain = RequestSample.forAll(200);
        Map<String, String> fields = new TreeMap<>();
        for (int left = fill, i = 0; i < 6; i++) {
            // Lengths of five digits and more take three bytes each, whatever is left.
            var length = i == 5 ? left : Math.min(left - 10_000 * (5 - i), 90_000);
            fields.put(FIELDS.get(i), "\"" + "y".repeat(length - 2) + "\"");
            left -= length;
        }
        return new LaunchRequest(plain.idempotencyKey(), plain.userId(), plain.adAccountId(), plain.credentialId(),
                plain.strategy(), plain.adSetCount(), plain.adCount(), plain.pageId(), plain.pixelId(),
                new CampaignSpec("漢".repeat(400), plain.campaign().objective(),
                        plain.campaign().specialAdCategories(), Map.of()),
                plain.adSet(), new AdSpec(plain.ad().creative(), fields), plain.retryBudget(), plain.rollbackPolicy(),
                plain.duplicateName(), plain.webhook(), plain.priority());
    }
}
