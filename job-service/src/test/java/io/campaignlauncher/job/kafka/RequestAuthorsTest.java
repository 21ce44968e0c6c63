package io.campaignlauncher.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.known.AppKeys.AppKey;
import io.campaignlauncher.access.known.AppKeys;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.job.FieldNames;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.messaging.ServiceSeal;
import io.campaignlauncher.messaging.UnsignedRecords;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.RecordSignature;
import io.campaignlauncher.schemas.TargetKeys;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Who asks over Kafka. */
class RequestAuthorsTest {

    private static final ServiceSeal SEAL = new ServiceSeal(TestAuthors.CREDENTIALS_KEY, false);
    private static final LaunchRecords APPS = new LaunchRecords();

    private final ApiKeyText key = ApiKeyText.next(new SecureRandom());
    private final List<String> lookedFor = new CopyOnWriteArrayList<>();
    private Set<Scope> scopes = Set.of(Scope.JOBS_LAUNCH);

    @Test
    void a_request_that_an_app_has_signed_is_its_owners() {
        var judged = judged(signed(request("acme", "ann")));

        assertThat(judged.violations()).isEmpty();
        assertThat(judged.request().getOwner()).isEqualTo("ann");
    }

    @Test
    void a_request_that_nobody_has_signed_is_refused_where_that_is_not_allowed() {
        var record = APPS.createCampaign(request("acme", "ann"), "/app", Instant.EPOCH);

        assertThat(judged(record).violations()).extracting(Violation::field).containsExactly("signature");
        assertThat(judged(UnsignedRecords.ALLOW, record, request("acme", "ann")).violations()).isEmpty();
    }

    @Test
    void a_request_that_was_taken_over_http_bears_the_seal_of_the_services() {
        var request = CreateCampaign.newBuilder(request("acme", "zoe")).setOwner("ann").build();
        var record = new LaunchRecords(SEAL).createCampaign(request, "/job-service", Instant.EPOCH);

        var judged = judged(UnsignedRecords.REFUSE, record, request);

        assertThat(judged.violations()).isEmpty();
        assertThat(judged.request()).isEqualTo(request);
    }

    /** Else somebody could take a target's place, and be paid for by its advertiser. */
    @Test
    void a_key_of_the_marketplace_is_for_services_alone() {
        var request = CreateCampaign.newBuilder(request("acme", "ann"))
                .setIdempotencyKey(TargetKeys.of(UUID.randomUUID())).build();
        var record = new LaunchRecords(SEAL).createCampaign(request, "/moderation-service", Instant.EPOCH);

        assertThat(judged(UnsignedRecords.REFUSE, record, request).violations()).isEmpty();
        assertThat(judged(UnsignedRecords.ALLOW, record, request).violations()).isEmpty();
        assertThat(judged(UnsignedRecords.REFUSE, signed(request), request).violations())
                .extracting(Violation::field).containsExactly("idempotencyKey");
        assertThat(judged(UnsignedRecords.ALLOW, APPS.createCampaign(request, "/app", Instant.EPOCH), request)
                .violations()).extracting(Violation::field).containsExactly("idempotencyKey");
    }

    @Test
    void whoever_is_no_service_cannot_make_its_seal() {
        var others = new ServiceSeal("//////////////////////////////////////////8=", false);
        var record = new LaunchRecords(others).createCampaign(request("acme", "ann"), "/job-service", Instant.EPOCH);

        assertThat(judged(record).violations()).extracting(Violation::field).containsExactly("signature");
        assertThat(judged(UnsignedRecords.ALLOW, record, request("acme", "ann")).violations()).hasSize(1);
    }

    @Test
    void what_was_changed_since_it_was_signed_is_refused() {
        var record = signed(request("acme", "ann"));
        record.value()[record.value().length - 1] ^= 1;

        assertThat(judged(UnsignedRecords.ALLOW, record, request("acme", "ann")).violations())
                .extracting(Violation::field).containsExactly("signature");
    }

    @Test
    void a_key_that_is_not_good_signs_nothing() {
        var other = ApiKeyText.next(new SecureRandom());
        var record = RecordSignature.signed(APPS.createCampaign(request("acme", "ann"), "/app", Instant.EPOCH),
                other.text());
        // With the name of a good one, too.
        var stolen = RecordSignature.signed(APPS.createCampaign(request("acme", "ann"), "/app", Instant.EPOCH),
                key.prefix() + other.text().substring(other.prefix().length()));

        assertThat(judged(record).violations()).extracting(Violation::field).containsExactly("signature");
        assertThat(judged(stolen).violations()).extracting(Violation::field).containsExactly("signature");
    }

    /** Each that is looked for is waited for, and remembered for a while. */
    @Test
    void what_cannot_be_the_name_of_a_key_is_not_looked_for() {
        for (var name : List.of("", "cl_", "CL_0123456789ab", "cl_0123456789ab_", "cl_" + "0".repeat(500_000))) {
            var record = signed(request("acme", "ann"));
            record.headers().remove(RecordSignature.APP_KEY_HEADER)
                    .add(RecordSignature.APP_KEY_HEADER, name.getBytes(StandardCharsets.UTF_8));
            lookedFor.clear();

            assertThat(judged(record).violations()).extracting(Violation::field).containsExactly("signature");
            assertThat(lookedFor).isEmpty();
        }
    }

    @Test
    void an_app_launches_for_its_owner_in_its_tenant_alone() {
        var others = CreateCampaign.newBuilder(request("rival", "zoe")).setOwner("zoe").build();

        assertThat(judged(UnsignedRecords.REFUSE, signed(others), others).violations())
                .extracting(Violation::field).containsExactly("tenant", "owner", "userId");
    }

    @Test
    void an_app_that_may_act_for_others_launches_for_anybody_of_its_tenant() {
        scopes = Set.of(Scope.JOBS_LAUNCH, Scope.ACT_AS);
        var request = request("acme", "zoe");

        var judged = judged(UnsignedRecords.REFUSE, signed(request), request);

        assertThat(judged.violations()).isEmpty();
        assertThat(judged.request().getOwner()).isEqualTo("ann");
    }

    @Test
    void a_key_for_something_else_launches_nothing() {
        scopes = Set.of(Scope.JOBS_READ);

        assertThat(judged(signed(request("acme", "ann"))).violations()).extracting(Violation::described)
                .containsExactly("signature is by an API key without the scope jobs:launch");
    }

    private RequestAuthors.Authored judged(ProducerRecord<String, byte[]> sent) {
        return judged(UnsignedRecords.REFUSE, sent, request("acme", "ann"));
    }

    private RequestAuthors.Authored judged(UnsignedRecords unsigned, ProducerRecord<String, byte[]> sent,
            CreateCampaign request) {
        var holder = new Principal("acme", "ann", "ann", Set.of(Role.ADVERTISER),
                new Principal.Key(UUID.randomUUID(), scopes));
        AppKeys keys = prefix -> {
            lookedFor.add(prefix);
            return prefix.equals(key.prefix())
                    ? Mono.just(new AppKey(holder, RecordSignature.secretOf(Secrets.hash(key.text()))))
                    : Mono.empty();
        };
        var record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return new RequestAuthors(SEAL, unsigned, keys, Clock.systemUTC()).judge(record, request).blockOptional()
                .orElseThrow();
    }

    private ProducerRecord<String, byte[]> signed(CreateCampaign request) {
        return RecordSignature.signed(APPS.createCampaign(request, "/app", Instant.EPOCH), key.text());
    }

    private static CreateCampaign request(String tenant, String userId) {
        return CreateCampaign.newBuilder(FieldNames.request("ad", "bid_amount")).setTenant(tenant).setUserId(userId)
                .build();
    }
}
