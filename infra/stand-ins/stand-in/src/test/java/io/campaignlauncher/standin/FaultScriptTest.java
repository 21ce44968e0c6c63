package io.campaignlauncher.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultScriptTest {

    private record Named(String name, Occasions occasions) {}

    private final FaultScript<Named> script = new FaultScript<>(this, new SplittableRandom(1), Named::occasions);

    private List<String> fired(int calls) {
        return IntStream.range(0, calls).boxed()
                .flatMap(call -> script.firing(_ -> true).stream().map(fault -> call + fault.name())).toList();
    }

    @Test
    void fires_from_the_nth_call_on_and_so_many_times() {
        script.add(new Named("a", new Occasions(2, 2, 1)));
        script.add(new Named("b", Occasions.ONCE));
        assertThat(fired(5)).containsExactly("0b", "1a", "2a");
        assertThat(script.list().getFirst().seen()).isEqualTo(5);
        assertThat(script.fired()).isEqualTo(3);
    }

    @Test
    void fires_about_as_often_as_it_is_likely() {
        script.add(new Named("a", new Occasions(1, 0, 0.25)));
        assertThat(fired(10_000).size()).isBetween(2_200, 2_800);
    }

    @Test
    void counts_only_calls_that_match() {
        script.add(new Named("a", new Occasions(2, 0, 1)));
        script.firing(_ -> false);
        assertThat(fired(2)).containsExactly("1a");
        script.clear();
        assertThat(fired(2)).isEmpty();
    }

    @Test
    void bounds_its_faults_and_refuses_occasions_that_are_none() {
        IntStream.range(0, 1000).forEach(_ -> script.add(new Named("a", Occasions.ALWAYS)));
        assertThatThrownBy(() -> script.add(new Named("a", Occasions.ALWAYS))).hasMessageContaining("1000");
        assertThatThrownBy(() -> new Occasions(0, 0, 1)).hasMessageContaining("from");
        assertThatThrownBy(() -> new Occasions(1, 0, Double.NaN)).hasMessageContaining("probability");
    }

    @Test
    void late_effects_happen_in_the_order_in_which_they_are_due() {
        var effects = new LateEffects();
        var happened = new ArrayList<String>();
        var start = Instant.EPOCH.plusSeconds(100);
        effects.add(start.plusSeconds(2), due -> happened.add("second at " + due.getEpochSecond()));
        effects.add(start.plusSeconds(1), _ -> happened.add("first"));
        effects.add(start.plusSeconds(2), _ -> happened.add("third"));
        assertThat(effects.nextAt()).contains(start.plusSeconds(1));
        effects.advance(start);
        assertThat(happened).isEmpty();
        effects.advance(start.plusSeconds(9));
        assertThat(happened).containsExactly("first", "second at 102", "third");
        assertThat(effects.nextAt()).isEmpty();
        assertThat(effects.latest()).isEqualTo(start.plusSeconds(9));
    }
}
