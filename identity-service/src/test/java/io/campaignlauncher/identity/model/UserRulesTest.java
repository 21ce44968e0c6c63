package io.campaignlauncher.identity.model;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.PUBLISHER;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.identity.model.UserRules.Refusal;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserRulesTest {

    private static final UUID OTHER = new UUID(0, 7);

    private static Principal actor(Role... roles) {
        return new Principal("local", new UUID(0, 1).toString(), "actor", Set.of(roles),
                new Principal.Session(new UUID(0, 2)));
    }

    @Test
    void an_admin_gives_roles_up_to_moderator_and_a_super_admin_all() {
        assertThat(Role.givenBy(Set.of(ADMIN))).containsExactlyInAnyOrder(ADVERTISER, PUBLISHER, MODERATOR);
        assertThat(Role.givenBy(Set.of(SUPER_ADMIN))).containsExactlyInAnyOrder(Role.values());
    }

    @ParameterizedTest
    @EnumSource(value = Role.class, names = { "ADVERTISER", "PUBLISHER", "MODERATOR" })
    void others_give_none(Role role) {
        assertThat(Role.givenBy(Set.of(role))).isEmpty();
        assertThat(UserRules.make(actor(role), Set.of(ADVERTISER))).isEqualTo(Refusal.ROLE_NOT_YOURS_TO_GIVE);
    }

    @Test
    void nobody_makes_somebody_who_may_do_more_than_they_may_give() {
        assertThat(UserRules.make(actor(ADMIN), Set.of(MODERATOR))).isNull();
        assertThat(UserRules.make(actor(ADMIN), Set.of(MODERATOR, ADMIN))).isEqualTo(Refusal.ROLE_NOT_YOURS_TO_GIVE);
        assertThat(UserRules.make(actor(SUPER_ADMIN), Set.of(SUPER_ADMIN))).isNull();
    }

    @Test
    void an_admin_neither_locks_out_nor_lowers_another_admin() {
        assertThat(UserRules.change(actor(ADMIN), OTHER, Set.of(ADMIN), Set.of(ADMIN), true, false, 1))
                .isEqualTo(Refusal.ROLE_NOT_YOURS_TO_GIVE);
        assertThat(UserRules.change(actor(ADMIN), OTHER, Set.of(ADMIN), Set.of(ADVERTISER), false, false, 1))
                .isEqualTo(Refusal.ROLE_NOT_YOURS_TO_GIVE);
        assertThat(UserRules.change(actor(ADMIN), OTHER, Set.of(ADMIN), Set.of(ADMIN), false, true, 1))
                .as("a new password is a way in").isEqualTo(Refusal.ROLE_NOT_YOURS_TO_GIVE);
        assertThat(UserRules.change(actor(ADMIN), OTHER, Set.of(MODERATOR), Set.of(ADVERTISER), true, false, 1))
                .isNull();
    }

    @Test
    void one_changes_ones_own_password_and_nothing_else_of_oneself() {
        var self = actor(SUPER_ADMIN);
        assertThat(UserRules.change(self, self.userId(), self.roles(), self.roles(), false, true, 0)).isNull();
        assertThat(UserRules.change(self, self.userId(), self.roles(), self.roles(), true, false, 5))
                .isEqualTo(Refusal.NOT_ONESELF);
    }

    @ParameterizedTest
    @CsvSource({ "true, super_admin", "false, admin" })
    void the_last_super_admin_stays(boolean disabled, String role) {
        var after = Set.of(Role.named(role).orElseThrow());
        assertThat(UserRules.change(actor(SUPER_ADMIN), OTHER, Set.of(SUPER_ADMIN), after, disabled, false, 0))
                .isEqualTo(Refusal.LAST_SUPER_ADMIN);
        assertThat(UserRules.change(actor(SUPER_ADMIN), OTHER, Set.of(SUPER_ADMIN), after, disabled, false, 1))
                .isNull();
    }

    @Test
    void an_admin_sees_their_tenant_and_a_super_admin_all() {
        assertThat(UserRules.sees(actor(ADMIN), "local")).isTrue();
        assertThat(UserRules.sees(actor(ADMIN), "other")).isFalse();
        assertThat(UserRules.sees(actor(SUPER_ADMIN), "other")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "ann", "Ann", " ann ", "a.n-n_9", "9lives" })
    void takes_a_name(String name) {
        assertThat(UserNames.mistake(name)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "an", "", ".ann", "ann lee", "änn", "ann\u0000", "a@b.c", "ann\n" + "lee" })
    void refuses_a_name(String name) {
        assertThat(UserNames.mistake(name)).isNotNull();
    }

    @Test
    void names_differ_by_more_than_their_case() {
        assertThat(UserNames.normal(" ANN ")).isEqualTo("ann");
    }
}
