package io.campaignlauncher.accountcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.accountcheck.model.AccountLimits;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class LimitsPropertiesTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void what_is_not_set_is_as_the_rules_have_it() {
        assertThat(Settings.of(environment, LimitsProperties.class).limits()).isEqualTo(AccountLimits.REGULAR);
    }

    @Test
    void an_error_names_the_properties() {
        environment.withProperty("verification.limits.ads", "0");
        assertThatThrownBy(() -> Settings.of(environment, LimitsProperties.class)).rootCause()
                .hasMessageContaining("verification.limits");
    }
}
