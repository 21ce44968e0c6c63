package io.campaignlauncher.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The alert rules of infra/ops/observability: complete, explained, with the thresholds that were asked for, and understood by Prometheus. */
class AlertRulesTest {

    private static final Path FOLDER = Path.of("../infra/ops/observability");

    private static List<Map<String, Object>> rules;
    private static String tests;
    private static String operations;
    private static String runbook;

    @BeforeAll
    @SuppressWarnings("unchecked")
    static void read() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(FOLDER.resolve("alerts.yaml")));
        rules = ((List<Map<String, Object>>) file.get("groups")).stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream()).toList();
        tests = Files.readString(FOLDER.resolve("alerts.test.yaml"));
        runbook = Files.readString(Path.of("../docs/runbook.md"));
        operations = Files.readString(Path.of("../docs/operations.md"));
    }

    @Test
    void prometheus_understands_the_rules_and_they_pass_their_tests() {
        var promtool = Promtool.orSkip();
        promtool.approves(FOLDER, "check", "rules", "alerts.yaml");
        promtool.approves(FOLDER, "test", "rules", "alerts.test.yaml");
        promtool.approves(FOLDER, "check", "config", "prometheus.yaml");
    }

    @Test
    void each_alert_says_what_it_is_and_what_to_do() {
        assertThat(alerts()).isNotEmpty().allSatisfy(rule -> {
            assertThat(labels(rule)).containsOnlyKeys("severity");
            assertThat(labels(rule).get("severity")).isIn("warning", "critical");
            assertThat(annotations(rule)).containsOnlyKeys("summary", "description", "action", "runbook");
            assertThat(annotations(rule).values()).doesNotContain("");
            assertThat(annotations(rule)).containsEntry("runbook",
                    "docs/runbook.md#" + name(rule).toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void each_alert_is_listed_has_commands_in_the_runbook_and_is_tested_with_each_severity() {
        assertThat(alerts()).allSatisfy(rule -> {
            var name = name(rule);
            var firing = "'ALERTS{alertname=\"" + name + "\",alertstate=\"firing\",severity=\""
                    + labels(rule).get("severity") + "\"";
            assertThat(operations.contains("| [`" + name + "`](runbook.md#")).as("a row for %s", name).isTrue();
            assertThat(passage(name)).as("what the runbook says of %s", name).contains("\n```sh\n", "\nDo: ");
            assertThat(tests.contains(firing)).as("a test that expects %s", firing).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({ "VerificationFailures, 0.05, 0.15", "RetriesExhausted, 0.02, 0.1", "Rollbacks, 0.01, 0.05",
        "Discrepancies, 0.005, 0.02", "DatabasePool, 0.7, 0.9", "RequestTimeouts, 0.01, 0.05" })
    void the_thresholds_are_those_that_were_asked_for(String name, String warning, String critical) {
        assertThat(threshold(name, "warning")).isEqualTo(warning);
        assertThat(threshold(name, "critical")).isEqualTo(critical);
    }

    private static String threshold(String name, String severity) {
        var found = alerts().filter(rule -> rule.get("alert").equals(name)
                && labels(rule).get("severity").equals(severity)).toList();
        assertThat(found).as("%s %s", name, severity).hasSize(1);
        return found.getFirst().get("expr").toString().split(" > ")[1].split(" ")[0];
    }

    private static Stream<Map<String, Object>> alerts() {
        return rules.stream().filter(rule -> rule.containsKey("alert"));
    }

    private static String name(Map<String, Object> rule) {
        return rule.get("alert").toString();
    }

    private static String passage(String name) {
        var parts = runbook.split("\n### " + name + "\n", 2);
        return parts.length == 1 ? "" : parts[1].split("\n##", 2)[0];
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> labels(Map<String, Object> rule) {
        return (Map<String, String>) rule.get("labels");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> annotations(Map<String, Object> rule) {
        return (Map<String, String>) rule.get("annotations");
    }
}
