package io.campaignlauncher.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.campaignlauncher.job.messages.ReportMessages;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.webhook.WebhookAdmission;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.testing.MutatedRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a record holds, reading it gives a command or says that it is unreadable: nothing else comes of it, and it ends. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutatedRecordsTest {

    private static final int RECORDS_OF_A_TOPIC = 2_000;
    private static final long SEED = 9_010;
    private static final DecisionContext MOMENT = new DecisionContext("job", Instant.EPOCH,
            JobPolicy.defaults(Duration.ofSeconds(10)));

    private final LaunchRecords records = new LaunchRecords();
    private int read;

    @Test
    void a_request_is_read_or_unreadable_and_what_was_read_can_be_decided() {
        var reader = new RequestReader(_ -> Optional.of("token"), TestAuthors.anybody(), new WebhookRules(true, false),
                WebhookAdmission.ofAny(),
                Clock.systemUTC());
        MutatedRecords.of(Topic.CAMPAIGN_COMMANDS, RECORDS_OF_A_TOPIC, SEED).forEach(record -> readOrUnreadable(
                record.offset(), () -> {
                    var command = records.read(record, received -> reader.read(record, received)).command().block();
                    Job.decide(Job.initialState(), command, MOMENT);
                }));
        assertThat(read).isBetween(RECORDS_OF_A_TOPIC / 10, RECORDS_OF_A_TOPIC * 9 / 10);
    }

    @ParameterizedTest
    @EnumSource(names = { "CREATION_EVENTS", "VERIFICATION_EVENTS", "ROLLBACK_EVENTS" })
    void a_report_is_read_or_unreadable(Topic topic) {
        MutatedRecords.of(topic, RECORDS_OF_A_TOPIC, SEED).forEach(record -> readOrUnreadable(record.offset(),
                () -> records.<JobCommand>read(record, received -> ReportMessages.command(received.message()))));
        assertThat(read).isBetween(RECORDS_OF_A_TOPIC / 20, RECORDS_OF_A_TOPIC * 9 / 10);
    }

    private void readOrUnreadable(long which, Runnable reading) {
        var failure = catchThrowable(reading::run);
        if (failure == null) {
            read++;
        } else {
            assertThat(failure).as("record %d", which).isInstanceOf(UnreadableRecord.class);
        }
    }
}
