package io.campaignlauncher.access.model;

import static io.campaignlauncher.access.model.RouteRule.Verdict.ALLOWED;
import static io.campaignlauncher.access.model.RouteRule.Verdict.NOT_YOURS;
import static io.campaignlauncher.access.model.RouteRule.Verdict.WHO_ARE_YOU;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RouteRuleTest {

    private final Principal.Means session = new Principal.Session(UUID.randomUUID());

    @Test
    void what_is_open_is_open_to_everybody() {
        var rule = RouteRule.open("GET", "/");
        assertThat(rule.judge(null)).isEqualTo(ALLOWED);
        assertThat(rule.judge(with(session))).isEqualTo(ALLOWED);
    }

    @Test
    void everything_else_is_closed_to_whom_nobody_knows() {
        assertThat(RouteRule.known("GET", "/").judge(null)).isEqualTo(WHO_ARE_YOU);
        assertThat(RouteRule.people("GET", "/", Role.values()).judge(null)).isEqualTo(WHO_ARE_YOU);
        assertThat(RouteRule.session("GET", "/").judge(null)).isEqualTo(WHO_ARE_YOU);
    }

    @Test
    void people_need_one_of_the_roles_however_they_showed_it() {
        var rule = RouteRule.people("GET", "/", Role.ADMIN, Role.MODERATOR);
        for (var means : new Principal.Means[]{ session, new Principal.ForeignToken(), new Principal.ThisMachine() }) {
            assertThat(rule.judge(with(means, Role.MODERATOR, Role.ADVERTISER))).isEqualTo(ALLOWED);
            assertThat(rule.judge(with(means, Role.ADVERTISER))).isEqualTo(NOT_YOURS);
            assertThat(rule.judge(with(means))).isEqualTo(NOT_YOURS);
        }
    }

    @Test
    void a_key_needs_the_scope_and_no_role_stands_in_for_it() {
        var rule = RouteRule.people("POST", "/", Role.ADMIN).orKeysWith(Scope.JOBS_LAUNCH);
        assertThat(rule.judge(with(key(Scope.JOBS_LAUNCH), Role.ADVERTISER))).isEqualTo(ALLOWED);
        assertThat(rule.judge(with(key(Scope.JOBS_READ), Role.ADMIN))).isEqualTo(NOT_YOURS);
        assertThat(RouteRule.people("GET", "/", Role.ADMIN).judge(with(key(Scope.values()), Role.ADMIN)))
                .isEqualTo(NOT_YOURS);
        assertThat(RouteRule.known("GET", "/").judge(with(key()))).isEqualTo(ALLOWED);
    }

    @Test
    void what_is_done_for_a_user_of_ours_is_done_for_a_session_alone() {
        var rule = RouteRule.session("GET", "/");
        assertThat(rule.judge(with(session))).isEqualTo(ALLOWED);
        assertThat(rule.judge(Principal.LOCAL_OPERATOR)).isEqualTo(NOT_YOURS);
        assertThat(rule.judge(with(new Principal.ForeignToken(), Role.SUPER_ADMIN))).isEqualTo(NOT_YOURS);
        assertThat(rule.judge(with(key(Scope.values()), Role.SUPER_ADMIN))).isEqualTo(NOT_YOURS);
    }

    private static Principal.Means key(Scope... scopes) {
        return new Principal.Key(UUID.randomUUID(), Set.of(scopes));
    }

    private static Principal with(Principal.Means means, Role... roles) {
        return new Principal("local", "somebody", "somebody", Set.of(roles), means);
    }
}
