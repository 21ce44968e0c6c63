package io.campaignlauncher.worker.creation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreationBatchesTest {

    @Test
    void an_ad_set_and_its_ads_are_one_request() {
        assertThat(CreationBatches.within(0).requests(Collections.nCopies(50, 1))).isEqualTo(51);
        assertThat(CreationBatches.within(0).requests(List.of(10, 10))).isEqualTo(3);
    }

    @Test
    void ads_that_are_left_go_together_whatever_ad_set_they_are_of() {
        assertThat(CreationBatches.within(0).requests(List.of(50))).isEqualTo(1 + 1 + 4);
        assertThat(CreationBatches.within(0).requests(List.of(15, 15))).isEqualTo(1 + 2 + 1);
        assertThat(CreationBatches.within(0).requests(List.of(15, 3, 16))).isEqualTo(1 + 3 + 2);
    }

    @Test
    void a_request_changes_no_more_than_an_account_may_see_in_a_second() {
        assertThat(CreationBatches.within(2).requests(List.of(3))).isEqualTo(1 + 1 + 2);
        assertThat(CreationBatches.within(100)).isEqualTo(CreationBatches.within(0));
    }
}
