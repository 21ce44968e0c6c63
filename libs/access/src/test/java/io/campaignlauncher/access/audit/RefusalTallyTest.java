package io.campaignlauncher.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.audit.RefusalTally.Gathered;
import io.campaignlauncher.access.audit.RefusalTally.Refusal;
import io.campaignlauncher.access.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefusalTallyTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Refusal ANN = new Refusal("ann", Set.of(Role.PUBLISHER), "local", "GET /read", "403", "00ff");
    private static final Refusal NOBODY = new Refusal("-", Set.of(), "-", "GET /read", "401", "00ff");

    private final RefusalTally tally = new RefusalTally(3, Duration.ofMinutes(1), 0);

    @Test
    void tells_the_first_at_once_and_how_often_it_came_again_at_the_end_of_the_minute() {
        tally.add(ANN, "first");
        assertThat(tally.take(SECOND)).containsExactly(new Gathered(ANN, 1, "first"));
        for (int i = 0; i < 1_000; i++) {
            tally.add(ANN, "again" + i);
        }
        tally.add(NOBODY, null);
        assertThat(tally.take(2 * SECOND)).containsExactly(new Gathered(NOBODY, 1, null));
        assertThat(tally.take(59 * SECOND)).isEmpty();
        assertThat(tally.take(60 * SECOND)).containsExactly(new Gathered(ANN, 1_000, "again0"));
        assertThat(tally.take(61 * SECOND)).isEmpty();
    }

    @Test
    void tells_the_first_of_the_next_minute_at_once_again() {
        tally.add(ANN, "one");
        tally.take(SECOND);
        tally.take(61 * SECOND);
        tally.add(ANN, "two");
        assertThat(tally.take(62 * SECOND)).containsExactly(new Gathered(ANN, 1, "two"));
    }

    @Test
    void counts_every_refusal_and_tells_no_more_than_twice_for_each_kind_within_its_bound() {
        var told = new ArrayList<Gathered>();
        for (int i = 0; i < 6_000; i++) {
            tally.add(new Refusal("-", Set.of(), "-", "GET /read", "401", Integer.toHexString(0x10000 + i)), null);
            told.addAll(tally.take(i * SECOND / 100));
        }
        told.addAll(tally.take(60 * SECOND));
        assertThat(told).hasSize(3 + 2);
        assertThat(told.stream().mapToInt(Gathered::times).sum()).isEqualTo(6_000);
        assertThat(told.getLast().refusal()).isEqualTo(Refusal.OTHERS);
    }

    @Test
    void leaves_nothing_untold_at_the_end() {
        tally.add(ANN, "one");
        tally.take(SECOND);
        tally.add(ANN, "two");
        assertThat(tally.takeAll()).containsExactly(new Gathered(ANN, 1, "two"));
        assertThat(tally.takeAll()).isEmpty();
    }
}
