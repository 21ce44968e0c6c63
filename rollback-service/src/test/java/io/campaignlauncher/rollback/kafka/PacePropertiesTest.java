package io.campaignlauncher.rollback.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.rollback.graph.RollbackSettings;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class PacePropertiesTest {

    @Test
    void what_is_not_set_is_as_the_rules_have_it() {
        assertThat(Settings.of(new MockEnvironment(), PaceProperties.class).settings())
                .isEqualTo(RollbackSettings.DEFAULT);
    }
}
