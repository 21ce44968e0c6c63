package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.frontdoor.DoorSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

class SettingsTest {

    private static final String SECRET = "k3y";

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void what_is_not_set_is_as_the_rules_have_it() {
        assertThat(Settings.of(environment, DoorProperties.class).settings()).isEqualTo(DoorSettings.DEFAULTS);
        for (var which : KillSwitch.values()) {
            assertThat(Settings.of(environment, KillSwitchSettings.class).initial()).containsEntry(which, true);
        }
    }

    @Test
    void a_setting_may_be_an_environment_variable_and_name_another() {
        var variables = new StandardEnvironment();
        variables.getPropertySources().addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(
                "LAUNCH_PROGRESS_STALLEDAFTER", "${TEST_PATIENCE}", "TEST_PATIENCE", "7s")));
        assertThat(Settings.of(variables, ProgressSettings.class).stalledAfter()).hasSeconds(7);
    }

    @Test
    void an_empty_setting_is_as_good_as_none() {
        environment.withProperty("launch.progress.stalled-after", "").withProperty("kafka.replication-factor", "")
                .withProperty("management.server.port", "");
        assertThat(Settings.of(environment, ProgressSettings.class).stalledAfter()).hasSeconds(60);
        assertThat(KafkaProperties.of(environment).replicationFactor()).isEqualTo((short) -1);
        assertThat(ManagementServerSettings.pageWanted(environment)).isFalse();
    }

    @Test
    void an_error_names_the_property() {
        environment.withProperty("launch.progress.stalled-after", "0s");
        assertThatThrownBy(() -> Settings.of(environment, ProgressSettings.class)).rootCause()
                .hasMessageContaining("launch.progress.stalled-after");
    }

    @Test
    void what_may_be_secret_is_not_shown() {
        environment.withProperty("launch.credentials.key", SECRET).withProperty("spring.datasource.password", SECRET)
                .withProperty("spring.datasource.url", "jdbc:postgresql://db/x?password=" + SECRET)
                .withProperty("kafka.properties.sasl.jaas.config", SECRET);
        assertThat(Settings.of(environment, CredentialSettings.class).toString()
                + Settings.of(environment, DatabaseSettings.class)
                + KafkaProperties.of(environment)).contains("sasl.jaas.config").doesNotContain(SECRET);
    }
}
