package io.campaignlauncher.access.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Principal.Key;
import io.campaignlauncher.access.model.Principal.Means;
import io.campaignlauncher.access.model.Principal.Session;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaunchRulesTest {

    private static final Means SESSION = new Session(new UUID(1, 1));

    @ParameterizedTest
    @EnumSource
    void everybody_launches_for_themselves(Role role) {
        assertThat(LaunchRules.mayLaunchFor(who(role, SESSION), "ann")).isTrue();
        assertThat(LaunchRules.mayLaunchFor(who(role, key(Scope.JOBS_LAUNCH)), "ann")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void only_admins_launch_for_others(Role role) {
        assertThat(LaunchRules.mayLaunchFor(who(role, SESSION), "bob"))
                .isEqualTo(role == Role.ADMIN || role == Role.SUPER_ADMIN);
    }

    @ParameterizedTest
    @EnumSource
    void a_key_launches_for_others_where_it_says_so_and_whatever_its_owner_is(Role role) {
        assertThat(LaunchRules.mayLaunchFor(who(role, key(Scope.JOBS_LAUNCH)), "bob")).isFalse();
        assertThat(LaunchRules.mayLaunchFor(who(role, key(Scope.ACT_AS)), "bob")).isTrue();
    }

    @Test
    void whoever_sits_at_the_machine_launches_for_anybody() {
        assertThat(LaunchRules.mayLaunchFor(Principal.LOCAL_OPERATOR, "bob")).isTrue();
    }

    @Test
    void users_are_told_apart_by_every_letter() {
        assertThat(LaunchRules.mayLaunchFor(who(Role.ADVERTISER, SESSION), "Ann")).isFalse();
        assertThat(LaunchRules.mayLaunchFor(who(Role.ADVERTISER, SESSION), "ann ")).isFalse();
        assertThat(LaunchRules.mayLaunchFor(who(Role.ADVERTISER, SESSION), "")).isFalse();
    }

    private static Means key(Scope scope) {
        return new Key(new UUID(2, 2), Set.of(scope));
    }

    private static Principal who(Role role, Means means) {
        return new Principal("acme", "ann", "ann", Set.of(role), means);
    }
}
