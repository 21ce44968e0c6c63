package io.campaignlauncher.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionProgressTest {

    private final PartitionProgress progress = new PartitionProgress();

    @Test
    void commits_nothing_before_anything_was_read() {
        assertThat(progress.hasUncommitted()).isFalse();
        assertThat(progress.uncommittedSpan()).isZero();
    }

    @Test
    void stops_at_the_first_record_that_has_not_ended() {
        progress.taken(10);
        progress.taken(11);
        progress.readUpTo(12);
        progress.ended(11);
        assertThat(progress.watermark()).isEqualTo(10);
        assertThat(progress.uncommittedSpan()).isEqualTo(2);
        progress.ended(10);
        assertThat(progress.watermark()).isEqualTo(12);
        assertThat(progress.uncommittedSpan()).isZero();
    }

    @Test
    void has_no_news_once_all_is_committed() {
        progress.readUpTo(5);
        assertThat(progress.hasUncommitted()).isTrue();
        progress.committed(5);
        assertThat(progress.hasUncommitted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5 })
    void is_the_lowest_open_offset_in_any_order_of_endings(long seed) {
        var random = new Random(seed);
        var open = new TreeSet<Long>();
        for (long offset = 0; offset < 200; offset++) {
            if (random.nextBoolean()) {
                progress.taken(offset);
                open.add(offset);
            }
        }
        progress.readUpTo(200);
        var order = new ArrayList<>(open);
        Collections.shuffle(order, random);
        for (var offset : order) {
            assertThat(progress.watermark()).isEqualTo(open.first());
            progress.ended(offset);
            open.remove(offset);
        }
        assertThat(progress.watermark()).isEqualTo(200);
    }
}
