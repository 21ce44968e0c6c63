package io.campaignlauncher.market.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may do what, written down a second time: a change of it has to be meant. */
class ActionTest {

    private static final String TABLE = """
            draft_campaign       advertiser:own
            activate_campaign    advertiser:own admin:any super_admin:any
            pause_campaign       advertiser:own admin:any super_admin:any
            resume_campaign      advertiser:own admin:any super_admin:any
            cancel_campaign      advertiser:own admin:any super_admin:any
            complete_campaign    advertiser:own admin:any super_admin:any
            draft_target         advertiser:own
            edit_target          advertiser:own
            submit_target        advertiser:own
            approve_target       moderator:others admin:others super_admin:others
            reject_target        moderator:others admin:others super_admin:others
            expire_review        system:any
            start_posting        system:any
            report_post          system:any
            decide_unknown_post  admin:any super_admin:any
            release_escrow       system:any
            expire_posting       system:any
            deposit              admin:any super_admin:any
            propose_correction   admin:any super_admin:any
            approve_correction   super_admin:others
            offer_channel        publisher:own
            refresh_channel      publisher:own admin:any super_admin:any system:any
            """;

    @Test
    void the_roles_are_these() {
        var wanted = new TreeMap<String, String>();
        TABLE.lines().map(line -> line.split(" +", 2)).forEach(line -> wanted.put(line[0], line[1].strip()));
        var is = new TreeMap<String, String>();
        Arrays.stream(Action.values()).forEach(action -> is.put(action.word(), grants(action.grants())));

        assertThat(is).isEqualTo(wanted);
    }

    private static String grants(Map<Role, Whose> grants) {
        return grants.entrySet().stream().map(each -> each.getKey().word() + ":" + each.getValue().word())
                .collect(Collectors.joining(" "));
    }

    @Test
    void roles_have_the_words_of_tokens() {
        assertThat(Role.named("super_admin")).contains(Role.SUPER_ADMIN);
        assertThat(Role.named("SUPER_ADMIN")).isEmpty();
        assertThat(MarketSwitch.named("new_escrows")).contains(MarketSwitch.NEW_ESCROWS);
    }
}
