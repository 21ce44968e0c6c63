package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.standalone.Services.Service;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** Whatever alert rules and dashboards ask for, the running system shows: a name that is misspelt would never raise an alert. */
@OnRunningSystem
class MonitoringIT {

    private static final Path FOLDER = Path.of("../ops/observability");
    private static final Pattern STRINGS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern SELECTOR = Pattern.compile(
            "(?<![\\w:$])([a-zA-Z_:][a-zA-Z0-9_:]*+)(?:\\{([^}]*)})?+(?!\\s*\\()");
    private static final Pattern EQUAL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern LABEL_LIST = Pattern.compile(
            "\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");
    /** Prometheus' own, and one of a part that shows it as soon as it has something to deliver. */
    private static final Set<String> FROM_ELSEWHERE = Set.of("up");

    private final RunningSystem system;

    MonitoringIT(RunningSystem system) {
        this.system = system;
    }

    /** A metric that an expression reads, with the labels that it must have. */
    private record Selector(String metric, Map<String, String> labels) {}

    @Test
    void loops_that_have_nothing_to_do_do_not_count_as_stalled() {
        var loops = system.services().context(Service.JOB).getBeansOfType(Progress.class).values();
        assertThat(loops).extracting(Progress::part).contains("requests", "reports", "read-model", "feed");
        for (var loop : loops) {
            var longest = new AtomicReference<>(loop.stalledFor());
            await(loop.part() + " gets on").atMost(RunningSystem.PATIENCE).until(() -> {
                var now = loop.stalledFor();
                // One that rests is as long as nothing stalled.
                return now.isZero() || now.compareTo(longest.getAndSet(now)) < 0;
            });
        }
    }

    @Test
    void tells_an_operator_what_the_program_is_made_of() {
        var parts = JsonMapper.shared().readTree(system.http().raw("/actuator/sbom/application", Map.of()).body())
                .path("components");

        assertThat(parts).extracting(part -> part.path("name").asString())
                .contains("kafka-clients", "axon-messaging", "debezium-embedded")
                .doesNotContain("xstream", "jetty-server", "jersey-server", "log4j-core");
    }

    @Test
    void shows_every_metric_that_the_alerts_and_the_dashboards_read() throws IOException {
        var completed = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var refused = Requests.oneFiftyOne("act_1002", 3).build();
        var rolledBack = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        system.fault(rolledBack.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 2, 1);
        var ends = Map.of(completed, "completed", refused, "failed", rolledBack, "rolled_back");
        ends.forEach((request, end) -> assertThat(system.launch(request).path("status").asString()).isEqualTo(end));
        var selectors = new HashSet<Selector>();
        var recorded = new HashSet<String>();
        rules().forEach(rule -> {
            if (rule.containsKey("record")) {
                recorded.add(rule.get("record").toString());
            }
            selectors.addAll(selectors(rule.get("expr").toString()));
        });
        for (var file : List.of("dashboard.json", "marketplace.json")) {
            dashboard(file).forEach(expression -> selectors.addAll(selectors(expression)));
        }
        selectors.removeIf(selector -> recorded.contains(selector.metric()));
        assertThat(selectors).as("they were found").hasSizeGreaterThan(50);

        // A histogram or a percentile shows itself a moment after what it measures.
        await().atMost(RunningSystem.PATIENCE).untilAsserted(() -> {
            var page = Scrape.of(system);
            assertThat(selectors).filteredOn(selector -> !FROM_ELSEWHERE.contains(selector.metric()))
                    .allSatisfy(selector -> assertThat(page.named(selector.metric(), selector.labels()))
                            .as(selector.toString()).isNotEmpty());
        });
        assertThat(Scrape.of(system).value("figures_caught_up", Map.of())).isEqualTo(1);
    }

    @Test
    void readiness_shows_each_part_and_metrics_tell_of_the_workers_as_well() {
        var ready = system.http().get("/actuator/health/readiness");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.body().at("/components/progress/details").propertyNames()).contains("requests", "reports",
                "feed", "topics", "read-model", "timers", "notifications", "webhooks");
        var page = Scrape.of(system);
        assertThat(List.of("requests", "reports", "feed", "read-model", "timers", "notifications",
                "webhooks", "verification", "rollback", "creation"))
                .allSatisfy(part -> assertThat(page.value("progress_stalled_seconds", Map.of("part", part)))
                        .as(part).isLessThan(60));
    }

    @ParameterizedTest
    @EnumSource(value = Services.Service.class, names = { "JOB", "CREATOR" })
    void every_connection_of_a_service_has_limits_of_time(Services.Service service) {
        var sql = JdbcClient.create(system.services().context(service).getBean(DataSource.class));
        assertThat(List.of("statement_timeout", "idle_in_transaction_session_timeout"))
                .allSatisfy(limit -> assertThat(sql.sql("show " + limit).query(String.class).single()).as(limit)
                        .isNotEqualTo("0"));
    }

    @Test
    void every_client_of_kafka_and_every_connection_is_named_by_its_owner() throws Exception {
        var clients = new TreeSet<String>();
        for (var kind : List.of("consumer", "producer", "admin.client")) {
            ManagementFactory.getPlatformMBeanServer()
                    .queryNames(new ObjectName("kafka." + kind + ":type=app-info,id=*"), null)
                    .forEach(client -> clients.add(client.getKeyProperty("id")));
        }
        var instance = "-" + ProcessHandle.current().pid();
        assertThat(clients).filteredOn(id -> !id.startsWith("campaign-launcher-"))
                .allSatisfy(
                        id -> assertThat(id)
                                .matches(
                                        "((job|creator|verifier|rollback|identity|moderation|posting)-service|standalone)"
                                                + "-[a-z.-]+.*")
                                .contains(instance));
        assertThat(List.of("job-service-requests-", "job-service-reports-", "job-service-feed-",
                "job-service-read-model-", "job-service-notifications-", "job-service-publisher-",
                "job-service-credentials-", "creator-service-commands-", "verifier-service-job.events-",
                "rollback-service-job.events-", "rollback-service-kill-switches-", "identity-service-publisher-",
                "moderation-service-publisher-", "moderation-service-feed-", "posting-service-posting.commands-"))
                .allSatisfy(role -> assertThat(clients).as(role).anyMatch(id -> id.startsWith(role)));

        var connections = JdbcClient.create(system.services().context(Services.Service.JOB).getBean(DataSource.class))
                .sql("select distinct application_name from pg_stat_activity where usename = 'job_service'")
                .query(String.class).list();
        assertThat(connections).anyMatch(name -> name.startsWith("job-service-pool-"))
                .allSatisfy(name -> assertThat(name).as("the feed's reader names itself")
                        .matches("job-service-.*|Debezium (General|Streaming)"));
    }

    @Test
    void what_an_expression_reads_is_found() {
        assertThat(selectors(
                """
                        sum by (le, a) (rate(one_bucket{a="x",b!="y",c=~"z|w"}[5m])) / on (a) max(two) > 0.5 and two_three{d="{e}"} == 1
                        """))
                .containsExactlyInAnyOrder(new Selector("one_bucket", Map.of("a", "x")),
                        new Selector("two", Map.of()), new Selector("two_three", Map.of("d", "{e}")));
        assertThat(selectors("one and two or three")).extracting(Selector::metric)
                .containsExactlyInAnyOrder("one", "two", "three");
        assertThat(selectors("launch:share:ratio_1h > 0.01 and on () launch:count >= 20"))
                .extracting(Selector::metric).containsExactlyInAnyOrder("launch:share:ratio_1h", "launch:count");
    }

    private static Set<Selector> selectors(String expression) {
        // Braces within strings would end a selector early.
        var strings = new HashMap<String, String>();
        var plain = STRINGS.matcher(LABEL_LIST.matcher(expression).replaceAll(" ")).replaceAll(string -> {
            var place = "\"" + strings.size() + "\"";
            strings.put(place, string.group());
            return place;
        });
        var found = new HashSet<Selector>();
        var selector = SELECTOR.matcher(plain.replaceAll("\\[[^]]*]", ""));
        while (selector.find()) {
            if (WORDS.contains(selector.group(1))) {
                continue;
            }
            var labels = new HashMap<String, String>();
            var equal = EQUAL.matcher(selector.group(2) == null ? "" : selector.group(2));
            while (equal.find()) {
                var value = strings.get("\"" + equal.group(2) + "\"");
                labels.put(equal.group(1), value.substring(1, value.length() - 1));
            }
            labels.values().removeIf(value -> value.startsWith("$"));
            found.add(new Selector(selector.group(1), labels));
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> rules() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(FOLDER.resolve("alerts.yaml")));
        return ((List<Map<String, Object>>) file.get("groups")).stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream());
    }

    private static Stream<String> dashboard(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(FOLDER.resolve(file))).path("panels")
                .valueStream().flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString());
    }
}
