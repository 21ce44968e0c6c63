package io.campaignlauncher.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class LaunchCostIT {

    private static final Path PAGE = Path.of("../../../docs/launch-cost.md");
    /** How much of what arrives together is taken together is chance. */
    private static final double MORE_MAX = 1.9;

    @Test
    void a_launch_makes_about_as_many_requests_records_rows_and_bytes_as_the_page_says() throws Exception {
        var page = LaunchFigures.read(Files.readString(PAGE).split("```properties\n")[1].split("```")[0].lines())
                .values();

        var cost = Benchmarks.costOfALaunch(Benchmarks.COSTED_LAUNCHES).counts();

        assertThat(cost.keySet()).as("to write them anew: the benchmarks' argument cost").isEqualTo(page.keySet());
        SoftAssertions.assertSoftly(softly -> cost.forEach((name, count) -> softly.assertThat(count).as(name)
                .isBetween(page.get(name) / MORE_MAX, page.get(name) * MORE_MAX)));
    }
}
