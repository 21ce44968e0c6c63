package io.campaignlauncher.creation.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.campaignlauncher.creation.model.RoundPlan;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.testing.MutatedRecords;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CommandReaderTest {

    private static final int RECORDS = 2_000;
    private static final int MUTATIONS_PER_SECOND = 100;

    private final CommandReader reader = new CommandReader(new LaunchRecords());

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_command_is_read_or_unreadable_and_what_was_read_can_be_planned() {
        var read = new AtomicInteger();
        MutatedRecords.of(Topic.CREATION_COMMANDS, RECORDS, 9_010).forEach(record -> {
            var failure = catchThrowable(() -> {
                var command = reader.read(record);
                read.incrementAndGet();
                RoundPlan.of(command.message(), MUTATIONS_PER_SECOND).mutations();
            });
            assertThat(failure == null || failure instanceof UnreadableRecord)
                    .as("record %d: %s", record.offset(), failure).isTrue();
        });
        assertThat(read.get()).isBetween(RECORDS / 50, RECORDS * 9 / 10);
    }
}
