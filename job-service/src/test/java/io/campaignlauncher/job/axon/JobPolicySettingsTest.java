package io.campaignlauncher.job.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.messaging.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mock.env.MockEnvironment;

class JobPolicySettingsTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void what_is_not_set_is_as_the_rules_have_it() {
        assertThat(policy()).isEqualTo(JobPolicy.defaults(Duration.ofSeconds(10)));
        assertThat(Settings.of(environment, JobHostSettings.class).keepRequests()).isEqualTo(OldRows.KEEP_REQUESTS);
    }

    @Test
    void an_unknown_outcome_rests_for_the_time_of_a_request_and_the_lag_of_reads() {
        environment.withProperty("graph.request-timeout", "3s").withProperty("launch.read-lag", "1s");
        assertThat(policy().settleDelay()).hasSeconds(4);

        environment.withProperty("launch.settle-delay", "9s");
        assertThat(policy().settleDelay()).hasSeconds(9);
    }

    @ParameterizedTest
    @CsvSource({ "launch.retry.budget, -1", "launch.retry.initial-delay, 0s", "launch.retry.max-delay, 1ms",
        "launch.retry.flaky-delay, -1s", "launch.settle-delay, 1s", "launch.read-lag, -1s",
        "launch.rate-limit-delay, -1s", "launch.creation.command-validity, 0s", "launch.creation.lease, 1ms",
        "graph.request-timeout, 0s", "launch.decisions-at-once, 0", "launch.cached-jobs, 0", "launch.timer-poll, 0s",
        "launch.stalled-after, 0s", "launch.stalled-poll, 0s" })
    void an_error_names_the_property(String name, String value) {
        environment.withProperty(name, value);
        assertThatThrownBy(() -> {
            policy();
            Settings.of(environment, JobHostSettings.class);
        }).satisfies(error -> assertThat(NestedExceptionUtils.getMostSpecificCause(error)).hasMessageContaining(name));
    }

    private JobPolicy policy() {
        return Settings.of(environment, JobPolicySettings.class)
                .policy(Settings.of(environment, JobPolicySettings.Requests.class));
    }
}
