package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultTest {

    @Test
    void is_described_with_its_code() {
        assertThat(Fault.described("the account is suspended", 200, 1487))
                .isEqualTo("the account is suspended (code 200/1487)");
        assertThat(Fault.described("not now", 2, null)).isEqualTo("not now (code 2)");
        assertThat(Fault.described("no answer within 10 s", null, null)).isEqualTo("no answer within 10 s");
    }

    @Test
    void is_described_with_its_code_once_where_the_message_ends_with_it() {
        assertThat(Fault.described("not now (code 2)", 2, null)).isEqualTo("not now (code 2)");
        assertThat(Fault.described("no such page (code 100, subcode 33)", 100, 33))
                .isEqualTo("no such page (code 100, subcode 33)");
        assertThat(Fault.described("see (code 100)", 10, null)).isEqualTo("see (code 100) (code 10)");
    }
}
