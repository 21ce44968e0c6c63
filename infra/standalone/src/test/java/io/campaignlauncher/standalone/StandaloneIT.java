package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.Topic;
import java.net.http.HttpClient;
import java.nio.file.Files;
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

        int status = system.standalone().launch(settings(account), new CountDownLatch(1), () -> "");

        assertThat(status).isZero();
        var campaign = system.facebook().campaign(account);
        assertThat(campaign.adSets()).hasSize(50);
        assertThat(campaign.ads()).hasSize(50);
    }

    @Test
    void buys_a_post_beside_the_launch_and_shows_it_until_its_publisher_is_paid() throws Exception {
        var telegram = system.standalone().telegram();
        var before = telegram.world().posts(DemoPost.CHANNEL).size();

        int status = system.standalone().show(settings(system.freshAccount()), new CountDownLatch(1));

        assertThat(status).isZero();
        assertThat(telegram.world().posts(DemoPost.CHANNEL)).hasSize(before + 1).last()
                .matches(post -> post.text().contains("Tidy otters"));
        assertThat(system.sqlOfAdministrator().sql("""
                select e.status from market.escrows e join market.post_jobs j using ("campaignTargetId")
                where j."chatId" = ?""").param(DemoPost.CHANNEL_ID).query(String.class).list())
                .containsOnly("released");
    }

    @Test
    void ends_with_1_when_the_post_cannot_be_bought() throws Exception {
        newEscrows(false);
        try {
            assertThat(system.standalone().show(settings(system.freshAccount()), new CountDownLatch(1))).isEqualTo(1);
        } finally {
            newEscrows(true);
        }
    }

    private void newEscrows(boolean enabled) throws Exception {
        var password = Files.readString(system.standalone().folder().resolve(DataFolder.ADMIN_PASSWORD)).strip();
        try (var client = HttpClient.newHttpClient()) {
            new DemoPerson(client, system.standalone().api(), null).loggedIn("admin", password)
                    .ask("/api/admin/kill-switches/new_escrows", Map.of("enabled", enabled, "reason", "a test"));
        }
    }

    @Test
    void ends_with_1_when_the_launch_was_refused() throws Exception {
        assertThat(system.standalone().launch(settings("act_1002"), new CountDownLatch(1), () -> "")).isEqualTo(1);
    }

    @Test
    void ends_with_1_when_it_is_stopped_before_the_launch_has_settled() throws Exception {
        assertThat(system.standalone().launch(settings(system.freshAccount()), new CountDownLatch(0), () -> ""))
                .isEqualTo(1);
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
