package io.campaignlauncher.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.analytics.model.Counted;
import io.campaignlauncher.analytics.model.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dashboards of infra/ops/observability: that Grafana can import them, that Prometheus understands them, that what is about launches shows
 * every figure.
 */
class DashboardTest {

    private static final int WIDTH = 24;

    private static final Path FOLDER = Path.of("../infra/ops/observability");
    private static final String LAUNCHES = "dashboard.json";
    private static final String MARKETPLACE = "marketplace.json";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({ LAUNCHES + ", datasource window", MARKETPLACE + ", datasource" })
    void is_one_that_grafana_11_imports_with_any_prometheus(String file, String names) throws IOException {
        var dashboard = dashboard(file);
        assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(39);
        assertThat(dashboard.path("uid").asString()).isNotBlank();
        assertThat(dashboard.has("id")).as("an id would be another dashboard's").isFalse();
        var variables = dashboard.path("templating").path("list").valueStream().toList();
        assertThat(variables).extracting(variable -> variable.path("name").asString())
                .containsExactly(names.split(" "));
        assertThat(variables.getFirst().path("type").asString()).isEqualTo("datasource");
        assertThat(variables.getFirst().path("query").asString()).isEqualTo("prometheus");
        assertThat(graphs(file)).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("datasource").path("uid").asString()).isEqualTo("${datasource}");
            assertThat(panel.path("title").asString()).isNotBlank();
            assertThat(panel.path("description").asString()).isNotBlank();
            assertThat(panel.path("targets").valueStream()).isNotEmpty().allSatisfy(
                    target -> assertThat(target.path("datasource").path("uid").asString()).isEqualTo("${datasource}"));
        });
    }

    @Test
    void each_has_a_name_of_its_own() throws IOException {
        for (var name : List.of("uid", "title")) {
            assertThat(dashboard(LAUNCHES).path(name)).isNotEqualTo(dashboard(MARKETPLACE).path(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { LAUNCHES, MARKETPLACE })
    void its_panels_have_ids_of_their_own_and_places_of_their_own(String file) throws IOException {
        var panels = panels(file).toList();
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
    void shows_every_figure() throws IOException {
        var all = String.join("\n", expressions(LAUNCHES).toList());
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
    void its_colours_change_where_the_alerts_do(String title, double warning, double critical)
            throws IOException {
        var found = graphs(LAUNCHES).filter(panel -> panel.path("title").asString().equals(title)).toList();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().at("/fieldConfig/defaults/thresholds/steps").valueStream()
                .map(step -> step.path("value").asDouble(0))).containsExactly(0.0, warning, critical);
    }

    @ParameterizedTest
    @ValueSource(strings = { LAUNCHES, MARKETPLACE })
    void prometheus_understands_every_expression(String file) throws IOException {
        var promtool = Promtool.orSkip();
        var rules = expressions(file).distinct().map(expression -> "  - record: expression\n    expr: "
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

    private static JsonNode dashboard(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(FOLDER.resolve(file)));
    }

    private static Stream<String> expressions(String file) throws IOException {
        return graphs(file).flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString());
    }

    private static Stream<JsonNode> panels(String file) throws IOException {
        return dashboard(file).path("panels").valueStream();
    }

    private static Stream<JsonNode> graphs(String file) throws IOException {
        return panels(file).filter(panel -> !panel.path("type").asString().equals("row"));
    }
}
