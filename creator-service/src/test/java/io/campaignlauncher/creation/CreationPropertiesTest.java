package io.campaignlauncher.creation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.creation.claims.ClaimPurge;
import io.campaignlauncher.creation.kafka.LookAheadSettings;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.worker.GraphProperties;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class CreationPropertiesTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void what_is_not_set_is_as_the_rules_have_it() {
        var read = Settings.of(environment, CreationProperties.class);
        var graph = Settings.of(environment, GraphProperties.class);

        assertThat(read.settings(graph.requestTimeout())).isEqualTo(CreationSettings.defaults());
        assertThat(read.keepClaims()).isEqualTo(ClaimPurge.KEEP_CLAIMS);
        assertThat(read.lookAheadSettings())
                .isEqualTo(new LookAheadSettings(LookAheadSettings.COMMANDS_MAX, LookAheadSettings.AFTER));
    }
}
