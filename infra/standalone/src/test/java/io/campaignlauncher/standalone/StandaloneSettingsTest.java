package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.frontdoor.ThisMachineOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says. */
class StandaloneSettingsTest {

    @Test
    void starts_everything_itself_and_launches_once_told_nothing() {
        var settings = StandaloneSettings.of();

        assertThat(settings.once()).isFalse();
        assertThat(settings.demo()).isTrue();
        assertThat(settings.dataFolder()).isNull();
        assertThat(settings.bootstrapServers()).isNull();
        assertThat(settings.datasourceUrl()).isNull();
        assertThat(settings.graphBaseUrl()).isNull();
        assertThat(settings.identity()).isTrue();
        assertThat(settings.credentialsKey()).isNull();
        assertThat(settings.webhookSecret()).isNull();
        assertThat(settings.adAccountId()).isEqualTo("act_1001");
        assertThat(settings.accessToken()).isNotBlank();
    }

    @Test
    void ends_with_the_launch_or_launches_nothing_as_told() {
        assertThat(StandaloneSettings.of("--once").once()).isTrue();
        assertThat(StandaloneSettings.of("--once").demo()).isTrue();
        assertThat(StandaloneSettings.of("--no-demo").demo()).isFalse();
    }

    @Test
    void uses_what_exists_where_it_is_named() {
        var settings = StandaloneSettings.of("--kafka.bootstrap-servers=k:9092",
                "--spring.datasource.url=jdbc:postgresql://db/x", "--graph.base-url=https://graph.facebook.com",
                "--launch.credentials.key=a-key", "--launch.webhook.secret=a-secret",
                "--standalone.data-dir=some/folder",
                "--standalone.access-token=a-token", "--standalone.ad-account-id=act_7");

        assertThat(settings.bootstrapServers()).isEqualTo("k:9092");
        assertThat(settings.datasourceUrl()).isEqualTo("jdbc:postgresql://db/x");
        assertThat(settings.graphBaseUrl()).isEqualTo("https://graph.facebook.com");
        assertThat(settings.credentialsKey()).isEqualTo("a-key");
        assertThat(settings.webhookSecret()).isEqualTo("a-secret");
        assertThat(settings.dataFolder()).isEqualTo(Path.of("some/folder").toAbsolutePath());
        assertThat(settings.accessToken()).isEqualTo("a-token");
        assertThat(settings.adAccountId()).isEqualTo("act_7");
    }

    @Test
    void has_no_users_of_its_own_where_an_issuer_is_named() {
        assertThat(StandaloneSettings.of("--launch.security.issuer=https://login.example/realms/house").identity())
                .isFalse();
        assertThat(StandaloneSettings.of("--launch.security.jwks-uri=https://identity.example/jwks").identity())
                .isFalse();
    }

    @Test
    void takes_springs_name_for_kafka_too_and_prefers_its_own() {
        assertThat(StandaloneSettings.of("--spring.kafka.bootstrap-servers=s:1").bootstrapServers()).isEqualTo("s:1");
        assertThat(StandaloneSettings.of("--spring.kafka.bootstrap-servers=s:1", "--kafka.bootstrap-servers=k:1")
                .bootstrapServers()).isEqualTo("k:1");
        assertThat(StandaloneSettings.of("--kafka.bootstrap-servers=").bootstrapServers()).isNull();
    }

    @Test
    void takes_secrets_from_files_and_settings_from_a_folder(@TempDir Path folder) throws IOException {
        var key = Files.writeString(folder.resolve("key.txt"), "a-key\n");
        Files.createDirectories(folder.resolve("tree/launch/webhook"));
        Files.writeString(folder.resolve("tree/launch/webhook/secret"), "a-secret\n");
        Files.writeString(folder.resolve("tree/spring.datasource.url"), "jdbc:postgresql://db/x");

        var settings = StandaloneSettings.of("--launch.credentials.key-file=" + key,
                "--spring.config.import=configtree:" + folder.resolve("tree") + "/");

        assertThat(settings.credentialsKey()).isEqualTo("a-key");
        assertThat(settings.webhookSecret()).isEqualTo("a-secret");
        assertThat(settings.datasourceUrl()).isEqualTo("jdbc:postgresql://db/x");
    }

    @Test
    void starts_nothing_that_other_machines_reach() {
        for (var argument : List.of("--server.address=0.0.0.0", "--server.address=",
                "--management.server.address=::")) {
            assertThatThrownBy(() -> StandaloneSettings.of(argument)).isInstanceOf(ThisMachineOnly.class)
                    .hasMessageContaining(argument.substring(2, argument.indexOf('=')))
                    .hasMessageContaining("until there is a log-in");
        }
        assertThat(StandaloneSettings.of("--server.address=localhost", "--management.server.address=::1").demo())
                .isTrue();
    }

    @Test
    void tells_no_secret() {
        assertThat(StandaloneSettings.of("--standalone.access-token=s3cret", "--launch.credentials.key=k3y",
                "--launch.webhook.secret=h00k").toString()).doesNotContain("s3cret", "k3y", "h00k");
    }

    @Test
    void takes_a_prefix_for_a_kafka_of_others_and_none_for_its_own() {
        assertThat(StandaloneSettings.of("--kafka.prefix=eu-", "--kafka.bootstrap-servers=a:1").bootstrapServers())
                .isEqualTo("a:1");
        assertThatThrownBy(() -> StandaloneSettings.of("--kafka.prefix=eu-"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("kafka.bootstrap-servers");
    }
}
