package io.campaignlauncher.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.FieldNames;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.webhook.WebhookAdmission;
import io.campaignlauncher.schemas.CampaignSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.messaging.ServiceSeal;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.TargetKeys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Requests as they come over Kafka, in bytes. */
class RequestReaderTest {

    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static final RequestReader READER = new RequestReader(_ -> Optional.of("token"), TestAuthors.anybody(),
            new WebhookRules(true, false), WebhookAdmission.ofAny(), Clock.systemUTC());

    @Provide
    Arbitrary<String> names() {
        return FieldNames.any();
    }

    @Provide
    Arbitrary<String> parts() {
        return Arbitraries.of(FieldNames.PARTS);
    }

    @Property(tries = 2000)
    void takes_no_further_field_but_those_of_the_object(@ForAll("parts") String part, @ForAll("names") String name) {
        var request = FieldNames.request(part, name);
        if (FieldNames.good(part, name)) {
            assertThat(read(request).obstacles()).isEmpty();
        } else if (FieldNames.decided(part, name)) {
            assertThat(read(request).obstacles()).extracting(Violation::field)
                    .singleElement().asString().startsWith(part + ".graphFields.");
        }
    }

    @Test
    void gives_a_name_the_form_that_facebook_keeps() {
        var typed = FieldNames.request("ad", "bid_amount");
        var clean = read(typed);
        var read = read(CreateCampaign.newBuilder(typed)
                .setCampaign(CampaignSpec.newBuilder(typed.getCampaign()).setName("\t\u00a0Fern sale \ufeff").build())
                .build());

        assertThat(read.request().campaign().name()).isEqualTo("Fern sale");
        assertThat(read.fingerprint()).isEqualTo(clean.fingerprint());
    }

    /** Avro has no half characters: broken bytes arrive as U+FFFD, all of them the same. */
    @Test
    void refuses_a_text_that_was_broken_on_its_way() {
        var request = CreateCampaign.newBuilder(FieldNames.request("ad", "bid_amount")).setUserId("u?").build();
        var sent = RECORDS.createCampaign(request, "/test", Instant.EPOCH);
        sent.value()[new String(sent.value(), StandardCharsets.ISO_8859_1).indexOf("u?") + 1] = (byte) 0xed;

        assertThat(read(sent).obstacles()).extracting(Violation::described)
                .containsExactly("userId holds a character that was broken on its way (U+FFFD)");
    }

    @Test
    void what_the_marketplace_asks_for_becomes_a_job_whatever_stands_against_it() {
        var request = CreateCampaign.newBuilder(FieldNames.request("ad", "method"))
                .setIdempotencyKey(TargetKeys.of(UUID.randomUUID())).build();
        var seal = new ServiceSeal(TestAuthors.CREDENTIALS_KEY, true);

        var asked = read(new LaunchRecords(seal).createCampaign(request, "/moderation-service", Instant.EPOCH));
        assertThat(asked.obstacles()).isNotEmpty();
        assertThat(asked.priorAcceptance()).isEqualTo(PriorAcceptance.THIS_REQUEST);
        var taken = read(RECORDS.createCampaign(request, "/app", Instant.EPOCH));
        assertThat(taken.priorAcceptance()).isEqualTo(PriorAcceptance.NONE);
        assertThat(read(FieldNames.request("ad", "method")).priorAcceptance()).isEqualTo(PriorAcceptance.NONE);
    }

    private static JobCommand.AcceptJob read(CreateCampaign request) {
        return read(RECORDS.createCampaign(request, "/test", Instant.EPOCH));
    }

    private static JobCommand.AcceptJob read(ProducerRecord<String, byte[]> sent) {
        var record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return (JobCommand.AcceptJob) READER.read(record, RECORDS.read(record)).command().block();
    }
}
