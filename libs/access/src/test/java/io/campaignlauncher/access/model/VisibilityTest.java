package io.campaignlauncher.access.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VisibilityTest {

    private static Visibility of(Role... roles) {
        return Visibility
                .of(new Principal("acme", "ann", "ann", Set.of(roles), new Principal.Session(UUID.randomUUID())));
    }

    @Test
    void an_advertiser_sees_what_is_their_own_and_nothing_else() {
        var seen = of(Role.ADVERTISER, Role.PUBLISHER);
        assertThat(seen.covers("acme", "ann")).isTrue();
        assertThat(seen.covers("acme", "bob")).isFalse();
        assertThat(seen.covers("other", "ann")).isFalse();
    }

    @Test
    void somebody_without_any_role_sees_no_more_than_an_advertiser() {
        assertThat(of()).isEqualTo(of(Role.ADVERTISER));
    }

    @Test
    void a_moderator_and_an_admin_see_everybodys_of_their_tenant_alone() {
        for (var role : Set.of(Role.MODERATOR, Role.ADMIN)) {
            assertThat(of(role).covers("acme", "bob")).isTrue();
            assertThat(of(role).covers("other", "bob")).isFalse();
        }
    }

    @Test
    void a_super_admin_sees_all_tenants() {
        assertThat(of(Role.SUPER_ADMIN).covers("other", "bob")).isTrue();
    }

    @Test
    void of_what_is_no_business_of_moderators_they_see_their_own() {
        assertThat(asAdmin(Role.MODERATOR, Role.ADVERTISER)).isEqualTo(of(Role.ADVERTISER));
        assertThat(asAdmin(Role.ADMIN)).isEqualTo(of(Role.ADMIN));
        assertThat(asAdmin(Role.SUPER_ADMIN)).isEqualTo(Visibility.everything());
    }

    private static Visibility asAdmin(Role... roles) {
        return Visibility
                .asAdmin(new Principal("acme", "ann", "ann", Set.of(roles), new Principal.Session(UUID.randomUUID())));
    }
}
