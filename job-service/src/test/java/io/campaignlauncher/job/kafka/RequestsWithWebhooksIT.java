package io.campaignlauncher.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.job.axon.Requests;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.job.webhook.TestWebhooks;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Requests over Kafka where everybody shows who they are: they name webhooks that their owner has registered, or none. */
class RequestsWithWebhooksIT {

    private static final String URL = "https://example.com/hook";
    private static final LaunchRecords RECORDS = new LaunchRecords();

    private static DataSource dataSource;
    private final TestWebhooks webhooks = TestWebhooks.on(dataSource, Clock.systemUTC());
    private final RequestReader reader = new RequestReader(_ -> Optional.of("token"), TestAuthors.anybody(),
            new WebhookRules(true, false), webhooks.admission(), Clock.systemUTC());

    @BeforeAll
    static void database() {
        dataSource = TestInfrastructure.database("requests_with_registered_webhooks");
    }

    @BeforeEach
    void nothing_is_registered() {
        new JdbcTemplate(dataSource).execute("delete from webhooks");
    }

    @Test
    void one_that_its_owner_has_not_registered_stands_against_the_request() {
        webhooks.registered(somebody("acme", "bob"), URL);
        webhooks.registered(somebody("other", "ann"), URL);
        assertThat(obstacles(request(URL))).singleElement().satisfies(found -> {
            assertThat(found.field()).isEqualTo("notify.webhook");
            assertThat(found.message()).startsWith("is not registered by the owner of the job")
                    .doesNotContain("example.com");
        });

        webhooks.registered(somebody("acme", "ann"), URL);
        assertThat(obstacles(request(URL))).isEmpty();
        assertThat(obstacles(request(null))).isEmpty();
    }

    @Test
    void one_that_nobody_could_register_is_named_once() {
        assertThat(obstacles(request("http://example.com/"))).extracting(Violation::message)
                .containsExactly("must be an https address");
    }

    @Test
    void a_request_is_neither_taken_nor_refused_where_the_database_does_not_answer() {
        var jdbc = new JdbcTemplate(dataSource);
        jdbc.execute("alter table webhooks rename to hidden");
        try {
            assertThatThrownBy(() -> obstacles(request(URL))).isInstanceOf(DataAccessException.class);
        } finally {
            jdbc.execute("alter table hidden rename to webhooks");
        }
    }

    private List<Violation> obstacles(CreateCampaign request) {
        var sent = RECORDS.createCampaign(request, "/test", Instant.now(), null);
        var record = new ConsumerRecord<>(sent.topic(), 0, 0, 0, TimestampType.CREATE_TIME,
                0, 0, sent.key(), sent.value(), sent.headers(), Optional.empty());
        var command = RECORDS.read(record, received -> reader.read(record, received)).command().block();
        return ((JobCommand.AcceptJob) command).obstacles();
    }

    private static CreateCampaign request(String webhook) {
        var r = Requests.forAll("key", 1);
        return LaunchRequests.toAvro(new LaunchRequest(r.idempotencyKey(), r.userId(), r.adAccountId(),
                r.credentialId(), r.strategy(), r.adSetCount(), r.adCount(), r.pageId(), r.pixelId(), r.campaign(),
                r.adSet(), r.ad(), r.retryBudget(), r.rollbackPolicy(), r.duplicateName(), webhook, r.priority())
                .ownedBy(new Ownership("acme", "ann")));
    }

    private static Principal somebody(String tenant, String subject) {
        return new Principal(tenant, subject, subject, Set.of(Role.ADVERTISER),
                new Principal.Session(new UUID(1, 1)));
    }
}
