package io.campaignlauncher.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.analytics.model.Counted;
import io.campaignlauncher.analytics.model.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard of infra/ops/observability: that Grafana can import it, that Prometheus understands it, that it shows every figure. */
class DashboardTest {

    private static final int WIDTH = 24;

    private static JsonNode dashboard;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read() throws IOException {
        dashboard = JsonMapper.shared()
                .readTree(Files.readString(Path.of("../infra/ops/observability/dashboard.json")));
    }

    @Test
    void is_one_that_grafana_11_imports_with_any_prometheus() {
        assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(39);
        assertThat(dashboard.path("uid").asString()).isNotBlank();
        assertThat(dashboard.has("id")).as("an id would be another dashboard's").isFalse();
        var variables = dashboard.path("templating").path("list").valueStream().toList();
        assertThat(variables).extracting(variable -> variable.path("name").asString())
                .containsExactly("datasource", "window");
        assertThat(variables.getFirst().path("type").asString()).isEqualTo("datasource");
        assertThat(variables.getFirst().path("query").asString()).isEqualTo("prometheus");
        assertThat(graphs()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("datasource").path("uid").asString()).isEqualTo("${datasource}");
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("description").asString()).isNotBlank();
            assertThat(panel.path("targets").valueStream()).isNotEmpty().allSatisfy(
                    target -> assertThat(target.path("datasource").path("uid").asString()).isEqualTo("${datasource}"));
        });
    }

    @Test
    void its_panels_have_ids_of_their_own_and_places_of_their_own() {
        var panels = panels().toList();
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates().allMatch(id -> id > 0);
        for (var panel : panels) {
            var place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isBetween(1, WIDTH);
            assertThat(panels).filteredOn(other -> other != panel && overlaps(place, other.path("gridPos")))
                    .as(panel.path("title").asString()).isEmpty();
        }
    }

    private static boolean overlaps(JsonNode one, JsonNode other) {
        return overlaps(one, other, "x", "w") && overlaps(one, other, "y", "h");
    }

    private static boolean overlaps(JsonNode one, JsonNode other, String from, String length) {
        return one.path(from).asInt() < other.path(from).asInt() + other.path(length).asInt()
                && other.path(from).asInt() < one.path(from).asInt() + one.path(length).asInt();
    }

    @Test
    void shows_every_figure() {
        var all = String.join("\n", expressions().toList());
        for (var counted : Counted.values()) {
            assertThat(all).contains("figures_recent_" + counted.name().toLowerCase(Locale.ROOT) + "{");
        }
        for (var stage : Stage.values()) {
            assertThat(all).contains("stage=\"" + stage.name().toLowerCase(Locale.ROOT) + "\"");
        }
    }

    @ParameterizedTest
    @CsvSource({ "Verification failures, 0.05, 0.15", "Retries exhausted, 0.02, 0.1", "Rollbacks, 0.01, 0.05",
        "Discrepancies, 0.005, 0.02", "Database pool, 0.7, 0.9", "Request time-outs, 0.01, 0.05" })
    void its_colours_change_where_the_alerts_do(String title, double warning, double critical) {
        var found = graphs().filter(panel -> panel.path("title").asString().equals(title)).toList();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().at("/fieldConfig/defaults/thresholds/steps").valueStream()
                .map(step -> step.path("value").asDouble(0))).containsExactly(0.0, warning, critical);
    }

    @Test
    void prometheus_understands_every_expression() throws IOException {
        var promtool = Promtool.orSkip();
        var rules = expressions().distinct().map(expression -> "  - record: expression\n    expr: "
                + JsonMapper.shared().writeValueAsString(
                        expression.replace("$__rate_interval", "1m").replace("$window", "1h")))
                .toList();
        var numbered = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
        for (var number = 0; number < rules.size(); number++) {
            numbered.append(rules.get(number).replace("record: expression", "record: expression_" + number))
                    .append('\n');
        }
        Files.writeString(folder.resolve("rules.yaml"), numbered);
        promtool.approves(folder, "check", "rules", "rules.yaml");
    }

    private static Stream<String> expressions() {
        return graphs().flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString());
    }

    private static Stream<JsonNode> panels() {
        return dashboard.path("panels").valueStream();
    }

    private static Stream<JsonNode> graphs() {
        return panels().filter(panel -> !panel.path("type").asString().equals("row"));
    }
}
