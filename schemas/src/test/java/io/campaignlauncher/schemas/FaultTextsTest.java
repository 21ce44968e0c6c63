package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultTextsTest {

    private static final String CODES = " (code 100, subcode 1885183)";

    @Test
    void a_few_faults_say_all_that_they_have_to_say() {
        var faults = IntStream.range(0, 65).mapToObj(i -> fault(i + " " + "x".repeat(900))).toList();
        assertThat(FaultTexts.bounded(faults)).isEqualTo(faults);
    }

    @Test
    void four_hundred_faults_in_words_of_their_own_find_room_in_a_record_and_keep_their_codes() {
        var faults = IntStream.range(0, 401).mapToObj(i -> fault(i + " " + "漢".repeat(960))).toList();

        var bounded = FaultTexts.bounded(faults);

        var event = SlotsFailed.newBuilder().setFaults(bounded).build();
        assertThat(new AvroEncoding().encode(event).length).isLessThan(Topic.RECORD_BYTES_MAX / 4);
        assertThat(bounded).hasSize(401).allSatisfy(
                fault -> assertThat(fault.getMessage()).containsPattern("^\\d+ 漢").endsWith(CODES));
    }

    @Test
    void no_character_is_cut_in_half() {
        var faults = IntStream.range(0, 200)
                .mapToObj(i -> fault("a".repeat(i % 2) + "😀".repeat(450) + "b".repeat(i % 3))).toList();

        assertThat(FaultTexts.bounded(faults)).allSatisfy(fault -> assertThat(
                new String(fault.getMessage().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(fault.getMessage()));
    }

    @Test
    void short_ones_beside_long_ones_stay_as_they_are() {
        var faults = List.of(fault("short"), fault("x".repeat(70_000)));
        assertThat(FaultTexts.bounded(faults).getFirst()).isEqualTo(faults.getFirst());
    }

    private static GraphFault fault(String message) {
        return GraphFault.newBuilder().setMessage(message + CODES).build();
    }
}
