package io.campaignlauncher.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.analytics.model.Figures;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FiguresTableTest {

    @Test
    void every_row_ends_where_the_heading_ends() {
        var lines = FiguresTable.of(new Figures(Figures.Bounds.DEFAULT).at(Instant.EPOCH)).lines().toList();
        assertThat(lines).hasSizeGreaterThan(30);
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.length() == lines.getFirst().length());
    }
}
