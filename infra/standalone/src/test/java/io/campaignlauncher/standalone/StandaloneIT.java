package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.Topic;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** The launch that the standalone system makes itself. */
@OnRunningSystem
class StandaloneIT {

    private final RunningSystem system;

    StandaloneIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void ends_with_0_when_the_launch_completed() throws Exception {
        var account = system.freshAccount();

        int status = system.standalone().launch(settings(account), new CountDownLatch(1));

        assertThat(status).isZero();
        var campaign = system.facebook().campaign(account);
        assertThat(campaign.adSets()).hasSize(50);
        assertThat(campaign.ads()).hasSize(50);
    }

    @Test
    void ends_with_1_when_the_launch_was_refused() throws Exception {
        assertThat(system.standalone().launch(settings("act_1002"), new CountDownLatch(1))).isEqualTo(1);
    }

    @Test
    void ends_with_1_when_it_is_stopped_before_the_launch_has_settled() throws Exception {
        assertThat(system.standalone().launch(settings(system.freshAccount()), new CountDownLatch(0))).isEqualTo(1);
    }

    @Test
    void makes_every_topic_of_the_catalogue_with_its_dead_letters() throws Exception {
        try (var admin = Admin.create(system.kafka(Map.of()))) {
            assertThat(admin.listTopics().names().get())
                    .contains(Arrays.stream(Topic.values()).map(Topic::topicName).toArray(String[]::new))
                    .contains(Arrays.stream(Topic.values()).map(Topic::deadLetterName)
                            .toArray(String[]::new));
        }
    }

    @Test
    void answers_that_it_is_alive_and_ready() {
        assertThat(system.http().get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(system.http().get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    private static StandaloneSettings settings(String account) {
        return StandaloneSettings.of("--once", "--standalone.ad-account-id=" + account);
    }
}
