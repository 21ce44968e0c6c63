package io.campaignlauncher.verification.graph;

import static io.campaignlauncher.schemas.CheckOutcome.FAILED;
import static io.campaignlauncher.schemas.CheckOutcome.NOT_REACHED;
import static io.campaignlauncher.schemas.CheckOutcome.WARNED;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.graph.GraphError.Kind;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.DuplicateName;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.SlotRef;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.VerificationOutcome;
import io.campaignlauncher.schemas.VerificationRequested;
import io.campaignlauncher.worker.FactReporter;
import io.campaignlauncher.worker.KafkaFactReporter;
import io.campaignlauncher.worker.calls.JobCalls;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class VerifierTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String TOKEN = "EAAsecret";
    private static final String EMPTY = "{\"data\":[]}";

    private final FakeFacebook facebook = new FakeFacebook();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<SpecificRecord> reported = new ArrayList<>();
    private FactReporter reporter = (jobId, fact, cause) -> Mono.fromRunnable(() -> reported.add(fact));
    private Optional<String> token = Optional.of(TOKEN);

    private final PreVerificationRequested.Builder before = PreVerificationRequested.newBuilder()
            .setJobId("j-1").setAttempt(1).setAdAccountId("act_1").setCredentialId("default").setCampaignName("Sale")
            .setDuplicateName(DuplicateName.REJECT).setAdSets(50).setAds(50).setPageId("77").setPixelId("88");
    private final VerificationRequested.Builder after = VerificationRequested.newBuilder()
            .setJobId("j-1").setAttempt(1).setAdAccountId("act_1").setCredentialId("default").setLabel("job-j-1")
            .setCampaign(new PlannedEntity(1, 0, "Sale", "1", 0))
            .setAdSets(List.of(new PlannedEntity(1, 0, "Sale - 1", "11", 0)))
            .setAds(List.of(new PlannedEntity(1, 1, "Ad 1", "21", 0)));

    @Test
    void checks_a_healthy_account_in_one_request() {
        healthyAccount();

        var report = before();
        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(report.getChecks()).hasSize(9).allMatch(check -> check.getDetail().isEmpty());
        assertThat(report.getCampaignCount()).isEqualTo(12);
        assertThat(report.getHttpCalls()).isEqualTo(1);
        assertThat(facebook.batches).singleElement().satisfies(batch -> assertThat(batch).hasSize(8));
    }

    @Test
    void asks_for_page_and_pixel_only_where_they_are_named() {
        healthyAccount();
        before.setPageId(null);

        assertThat(before().getChecks()).extracting(Check::getName).endsWith("ad_room", "pixel_usable");
        assertThat(facebook.batches.getLast()).extracting(op -> op.path()).doesNotContain("act_1/promote_pages");
    }

    @Test
    void reads_a_disabled_account_with_its_reason() {
        healthyAccount().answer("act_1", "{\"account_status\":2,\"disable_reason\":1}");

        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(check("account_active").getDetail()).contains("ADS_INTEGRITY_POLICY");
    }

    @Test
    void reads_money_that_comes_as_text() {
        healthyAccount().answer("act_1", "{\"account_status\":1,\"spend_cap\":\"500\",\"amount_spent\":\"500\"}");

        before();
        assertThat(check("account_active").getOutcome()).isEqualTo(WARNED);
    }

    @Test
    void tells_the_time_zone_of_the_account_where_facebook_does() {
        healthyAccount();
        assertThat(before().getTimeZone()).isNull();

        facebook.answer("act_1", "{\"account_status\":1,\"timezone_name\":\"America/Los_Angeles\"}");
        assertThat(before().getTimeZone()).isEqualTo("America/Los_Angeles");
        assertThat(facebook.batches.getLast().getFirst().parameters().get("fields")).contains("timezone_name");
    }

    @Test
    void asks_again_where_the_account_came_without_its_status() {
        healthyAccount().answer("act_1", "{\"id\":\"act_1\"}");

        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
    }

    @Test
    void reads_an_expired_and_an_invalid_token_and_shows_neither() {
        healthyAccount().answer("debug_token", "{\"data\":{\"is_valid\":true,\"expires_at\":%d}}"
                .formatted(NOW.getEpochSecond()));
        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(check("token_valid").getDetail()).contains("expired at 2026-03-01T12:00:00Z");

        facebook.answer("debug_token",
                "{\"data\":{\"is_valid\":false,\"error\":{\"code\":190,\"message\":\"Malformed access token " + TOKEN
                        + "\"}}}");
        before();
        assertThat(check("token_valid").getOutcome()).isEqualTo(FAILED);
        assertThat(check("token_valid").getDetail()).contains("Malformed").doesNotContain(TOKEN);
    }

    @Test
    void counts_only_campaigns_of_exactly_the_name() {
        healthyAccount().answer("act_1/campaigns", "{\"data\":[{\"id\":\"5\",\"name\":\"Sale 2\"}]}");
        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.PASSED);

        facebook.answer("act_1/campaigns", "{\"data\":[{\"id\":\"5\",\"name\":\"Sale\"}]}");
        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(check("campaign_name_free").getOutcome()).isEqualTo(FAILED);
    }

    @Test
    void warns_where_facebook_did_not_count() {
        healthyAccount().answer("act_1/ads?summary", EMPTY);

        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(check("ad_room").getOutcome()).isEqualTo(WARNED);
    }

    @Test
    void warns_of_a_page_that_is_not_listed_and_refuses_a_pixel_that_is_unavailable() {
        healthyAccount().answer("act_1/promote_pages", EMPTY).answer("act_1/adspixels",
                "{\"data\":[{\"id\":\"88\",\"is_unavailable\":true}]}");

        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(check("page_usable").getOutcome()).isEqualTo(WARNED);
        assertThat(check("pixel_usable").getOutcome()).isEqualTo(FAILED);
    }

    @Test
    void warns_where_the_pages_are_too_many_to_be_read() {
        healthyAccount().answer("act_1/promote_pages",
                "{\"data\":[{\"id\":\"1\"}],\"paging\":{\"cursors\":{\"after\":\"x\"},\"next\":\"y\"}}");

        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(check("page_usable").getOutcome()).isEqualTo(WARNED);
        assertThat(lastBefore().getHttpCalls()).isEqualTo(20);
    }

    @Test
    void is_inconclusive_when_the_request_timed_out() {
        healthyAccount().failAll(Kind.TEMPORARY, null);

        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(lastBefore().getFault().getKind()).isEqualTo(ErrorKind.TEMPORARY);
        assertThat(lastBefore().getFault().getOutcomeUnknown()).isFalse();
    }

    @Test
    void says_until_when_the_account_is_limited() {
        healthyAccount().failAll(Kind.RATE_LIMIT, 80004);

        assertThat(before().getFault().getRetryAt()).isEqualTo(NOW.plusSeconds(90));
    }

    @Test
    void refuses_an_unknown_credential_when_its_patience_has_run_out_and_asks_nothing() {
        token = Optional.empty();

        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(check("token_valid").getDetail()).contains("credential default is not known");
        assertThat(check("account_active").getOutcome()).isEqualTo(NOT_REACHED);
        assertThat(lastBefore().getDurationMs()).isZero();
        assertThat(facebook.batches).isEmpty();
    }

    @Test
    void verifies_a_job_in_place_in_one_request() {
        jobInPlace();

        var report = after();
        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(report.getHttpCalls()).isEqualTo(1);
        assertThat(report.getLookedAt()).isEqualTo(NOW);
        assertThat(List.of(report.getCampaignsFound(), report.getAdSetsFound(), report.getAdsFound()))
                .containsExactly(1, 1, 1);
    }

    @Test
    void reads_by_id_what_an_edge_does_not_show_yet() {
        jobInPlace().answer("1/ads", EMPTY).answer("21", "{\"id\":\"21\",\"name\":\"Ad 1\",\"adset_id\":\"11\"}");

        assertThat(after().getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(facebook.batches.getLast()).singleElement().satisfies(op -> {
            assertThat(op.path()).isEqualTo("21");
            assertThat(op.parameters().get("fields")).contains("adset_id").doesNotContain("campaign_id");
        });
    }

    @Test
    void finds_a_silent_failure() {
        jobInPlace().answer("1/ads", EMPTY);

        assertThat(after().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(lastAfter().getMissing()).containsExactly(new SlotRef(EntityType.AD, 1));
    }

    @Test
    void does_not_conclude_from_a_deleted_or_archived_entity_s_id_that_it_is_there() {
        for (var status : List.of("DELETED", "ARCHIVED")) {
            jobInPlace().answer("1/ads", EMPTY).answer("21", "{\"id\":\"21\",\"effective_status\":\"" + status + "\"}");

            assertThat(after().getMissing()).containsExactly(new SlotRef(EntityType.AD, 1));
        }
    }

    @Test
    void asks_to_verify_again_when_reads_may_lag() {
        jobInPlace().answer("1/ads", EMPTY);
        after.setConclusiveFrom(NOW.plusSeconds(10));

        assertThat(after().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(lastAfter().getLookAgainAt()).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void finds_a_second_campaign_by_its_label_and_ignores_one_without() {
        jobInPlace().answer("act_1/campaigns", """
                {"data":[{"id":"1","name":"Sale","adlabels":[{"name":"job-j-1"}]},
                         {"id":"2","name":"Sale","adlabels":[{"name":"job-j-1"}]},{"id":"3","name":"Sale"}]}""");

        assertThat(after().getUnknownToSlots()).containsExactly(new Entity(EntityType.CAMPAIGN, "2", "Sale", 1));
    }

    @Test
    void looks_into_a_campaign_found_by_its_label_when_the_job_knows_none() {
        jobInPlace();
        after.setCampaign(new PlannedEntity(1, 0, "Sale", null, 0));

        assertThat(after().getUnknownToSlots()).containsExactly(new Entity(EntityType.CAMPAIGN, "1", "Sale", 1));
        assertThat(lastAfter().getMissing()).isEmpty();
        assertThat(lastAfter().getHttpCalls()).isEqualTo(2);
    }

    @Test
    void is_inconclusive_when_any_read_fails() {
        for (var path : List.of("act_1/campaigns", "1", "1/adsets", "1/ads")) {
            jobInPlace().fail(path, Kind.TEMPORARY, 2, null);
            if (path.equals("1")) {
                facebook.answer("act_1/campaigns", EMPTY);
            }

            assertThat(after().getOutcome()).as(path).isEqualTo(VerificationOutcome.INCONCLUSIVE);
            assertThat(lastAfter().getFault().getCode()).as(path).isEqualTo(2);
            assertThat(lastAfter().getMissing()).as(path).isEmpty();
        }
    }

    @Test
    void is_inconclusive_when_a_campaign_that_exists_cannot_be_looked_into() {
        jobInPlace().fail("1/ads", Kind.PERMANENT, 100, 33);

        assertThat(after().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(lastAfter().getFault().getKind()).isEqualTo(ErrorKind.TEMPORARY);
    }

    /** Simulation: with few retries, a complete job was rolled back because its campaign could not be looked into for 5 s. */
    @Test
    void asks_to_verify_again_when_a_campaign_that_exists_cannot_be_looked_into_yet() {
        jobInPlace().fail("1/adsets", Kind.PERMANENT, 100, 33).fail("1/ads", Kind.PERMANENT, 100, 33);
        after.setConclusiveFrom(NOW.plusSeconds(5));

        assertThat(after().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(lastAfter().getFault()).isNull();
        assertThat(lastAfter().getLookAgainAt()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void passes_a_read_error_of_one_entity_on() {
        jobInPlace().answer("1/ads", EMPTY).fail("21", Kind.RATE_LIMIT, 17, null);

        assertThat(after().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(lastAfter().getFault().getRetryAt()).isEqualTo(NOW.plusSeconds(90));
    }

    @Test
    void finds_everything_missing_when_the_campaign_is_deleted() {
        jobInPlace().answer("act_1/campaigns", EMPTY).answer("1", "{\"id\":\"1\",\"effective_status\":\"DELETED\"}")
                .fail("1/ads", Kind.PERMANENT, 100, 33).fail("1/adsets", Kind.PERMANENT, 100, 33);

        assertThat(after().getMissing()).containsExactly(new SlotRef(EntityType.CAMPAIGN, 1),
                new SlotRef(EntityType.AD_SET, 1), new SlotRef(EntityType.AD, 1));
        assertThat(lastAfter().getHttpCalls()).isEqualTo(1);
    }

    @Test
    void reads_more_than_fifty_unseen_entities_in_batches_of_fifty() {
        jobInPlace().answer("1/ads", EMPTY);
        after.setAds(IntStream.rangeClosed(1, 120)
                .mapToObj(i -> new PlannedEntity(i, 1, "Ad " + i, Integer.toString(1000 + i), 0))
                .toList());

        assertThat(after().getMissing()).hasSize(120);
        assertThat(facebook.batches).extracting(List::size).containsExactly(4, 50, 50, 20);
    }

    @Test
    void looks_with_no_credential_of_another_tenant() {
        before.setTenant("acme");
        after.setTenant("acme");

        assertThat(before().getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(check("token_valid").getDetail()).contains("credential default is not known");
        assertThat(after().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(facebook.batches).isEmpty();
    }

    @Test
    void cannot_look_without_a_credential() {
        token = Optional.empty();

        assertThat(after().getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(lastAfter().getFault().getKind()).isEqualTo(ErrorKind.PERMANENT);
        assertThat(lastAfter().getLookedAt()).isNull();
    }

    @Test
    void asks_facebook_once_however_long_kafka_takes_no_report() {
        jobInPlace();
        var outage = new AtomicInteger(3);
        RecordPublisher kafka = record -> Mono.defer(() -> outage.getAndDecrement() > 0
                ? Mono.error(new TimeoutException("no broker"))
                : Mono.fromRunnable(() -> reported.add(new LaunchRecords().encoding().decode("PostVerificationReported",
                        record.value()))));
        reporter = new KafkaFactReporter(kafka, new LaunchRecords(), Topic.VERIFICATION_EVENTS, "/verifier-service",
                Clock.fixed(NOW, ZoneOffset.UTC), time);

        assertThat(after().getOutcome()).isEqualTo(VerificationOutcome.PASSED);

        assertThat(outage).hasNegativeValue();
        assertThat(facebook.batches).hasSize(1);
        assertThat(reported).hasSize(1);
    }

    @Test
    void passes_over_what_is_not_for_it() {
        handle(new JobCompleted("j-1", "1", 1, 1));

        assertThat(reported).isEmpty();
    }

    private FakeFacebook healthyAccount() {
        return facebook.answer("act_1", "{\"account_status\":1,\"disable_reason\":0,\"user_tasks\":[\"MANAGE\"],"
                + "\"spend_cap\":\"0\",\"amount_spent\":\"100\"}")
                .answer("debug_token",
                        "{\"data\":{\"is_valid\":true,\"expires_at\":0,\"scopes\":[\"ads_management\"]}}")
                .answer("act_1/campaigns", EMPTY)
                .answer("act_1/campaigns?summary", "{\"data\":[{\"id\":\"9\"}],\"paging\":{\"next\":\"x\"},"
                        + "\"summary\":{\"total_count\":12}}")
                .answer("act_1/adsets?summary", "{\"data\":[],\"summary\":{\"total_count\":100}}")
                .answer("act_1/ads?summary", "{\"data\":[],\"summary\":{\"total_count\":100}}")
                .answer("act_1/promote_pages", "{\"data\":[{\"id\":\"76\"},{\"id\":\"77\"}]}")
                .answer("act_1/adspixels", "{\"data\":[{\"id\":\"88\",\"is_unavailable\":false}]}");
    }

    private FakeFacebook jobInPlace() {
        return facebook
                .answer("act_1/campaigns",
                        "{\"data\":[{\"id\":\"1\",\"name\":\"Sale\",\"adlabels\":[{\"name\":\"job-j-1\"}]}]}")
                .answer("1", "{\"id\":\"1\",\"name\":\"Sale\",\"effective_status\":\"PAUSED\"}")
                .answer("1/adsets", "{\"data\":[{\"id\":\"11\",\"name\":\"Sale - 1\",\"campaign_id\":\"1\"}]}")
                .answer("1/ads", "{\"data\":[{\"id\":\"21\",\"name\":\"Ad 1\",\"adset_id\":\"11\"}]}");
    }

    private PreVerificationReported before() {
        handle(before.build());
        return lastBefore();
    }

    private PreVerificationReported lastBefore() {
        return (PreVerificationReported) reported.getLast();
    }

    private Check check(String name) {
        return lastBefore().getChecks().stream().collect(Collectors.toMap(Check::getName, check -> check)).get(name);
    }

    private PostVerificationReported after() {
        handle(after.build());
        return lastAfter();
    }

    private PostVerificationReported lastAfter() {
        return (PostVerificationReported) reported.getLast();
    }

    private void handle(SpecificRecord message) {
        var verifier = new Verifier(facebook, name -> name.tenant().equals("local") ? token : Optional.empty(),
                reporter, JobCalls.NONE, Clock.fixed(NOW, ZoneOffset.UTC), time,
                VerifierSettings.DEFAULT);
        var envelope = Envelope.of("e-1", message.getSchema().getName(), "/job-service", "j-1", NOW);
        StepVerifier.create(verifier.handle(new LaunchRecords.Received(envelope, message)))
                .then(() -> time.advanceTimeBy(PATIENCE))
                .expectComplete()
                .verify(PATIENCE);
    }
}
