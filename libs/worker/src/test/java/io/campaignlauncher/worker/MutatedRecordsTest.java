package io.campaignlauncher.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.MutatedRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Whatever a record holds, whoever reads it goes on with the next one. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutatedRecordsTest {

    private static final int RECORDS = 1_000;
    private static final long SEED = 9_010;

    private final LaunchRecords records = new LaunchRecords();

    @Test
    void a_listener_hands_on_what_it_can_read_and_gives_the_rest_up() {
        var meters = new SimpleMeterRegistry();
        var types = Topic.JOB_EVENTS.messages().stream().map(Class::getSimpleName).collect(Collectors.toSet());
        var handled = new ArrayList<SpecificRecord>();
        var handling = new RecordHandling(records,
                new DeadLetters(_ -> Mono.empty(), meters, Clock.systemUTC()), "readers", Set.copyOf(types),
                received -> Mono.fromRunnable(() -> handled.add(received.message())),
                new RetrySettings(0, Duration.ZERO, Duration.ZERO), Schedulers.immediate());

        var concerned = MutatedRecords.of(Topic.JOB_EVENTS, RECORDS, SEED).filter(handling::concerns)
                .peek(record -> handling.handle(record).block(Duration.ofSeconds(10))).count();

        assertThat(handled).hasSizeGreaterThan(RECORDS / 10);
        assertThat(handled.size() + meters.counter("dead.letters", "topic", Topic.JOB_EVENTS.topicName()).count())
                .isEqualTo(concerned);
    }
}
