package io.campaignlauncher.access.model;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.PUBLISHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ScopeTest {

    @Test
    void scopes_follow_the_roles() {
        assertThat(Scope.words(Scope.within(Set.of(ADVERTISER))))
                .containsExactly("jobs:launch", "jobs:read", "credentials:write");
        assertThat(Scope.within(Set.of(ADMIN))).containsExactlyInAnyOrder(Scope.values());
        assertThat(Scope.within(Set.of(PUBLISHER, MODERATOR))).isEmpty();
    }
}
