package io.campaignlauncher.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docs/reading.md says of each event, after each event of launches that have every one of them. */
class ReadingPageIT {

    private static final Path PAGE = Path.of("../docs/reading.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (`[\\w`, ]+`) \\| `(select [^`]+)` \\|");
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static ReadModelUnderTest readModel;

    private record Row(List<String> statuses, String statement) {}

    @BeforeAll
    static void start() {
        readModel = new ReadModelUnderTest(TestInfrastructure.database("reading_page"));
    }

    @Test
    void every_event_has_a_row_and_nothing_else_has() throws Exception {
        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(
                Topic.JOB_EVENTS.messages().stream().map(Class::getSimpleName).toList());
    }

    @Test
    void after_each_event_the_statement_shows_the_status_and_what_the_event_has_brought() throws Exception {
        var rows = rows();
        var seen = new TreeMap<String, Set<String>>();

        for (var job : histories()) {
            var before = "none";
            for (var fact : job.facts()) {
                readModel.apply(List.of(fact));
                var row = rows.get(fact.type());
                var shown = shown(row.statement(), job);
                var status = shown.getFirst().get("status").toString();
                assertThat(shown).as("%s: %s", fact.type(), row.statement())
                        .allSatisfy(line -> assertThat(line).doesNotContainValue(null).containsEntry("status", status));
                assertThat(row.statuses()).as(fact.type()).contains(status);
                if (row.statuses().size() > 1) {
                    assertThat(status).as("%s changes none", fact.type()).isEqualTo(before);
                }
                seen.computeIfAbsent(fact.type(), _ -> new TreeSet<>()).add(status);
                before = status;
            }
        }
        assertThat(seen).isEqualTo(rows.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, row -> new TreeSet<>(row.getValue().statuses()))));
    }

    private static List<Map<String, Object>> shown(String statement, ScriptedJob job) {
        var shown = readModel.jdbc.queryForList(statement.replace(":'job'", "'" + job.jobId() + "'"));
        assertThat(shown).as(statement).isNotEmpty();
        return shown;
    }

    private static Map<String, Row> rows() throws IOException {
        var page = Files.readString(PAGE);
        var table = page.substring(page.indexOf("<!-- events: begin -->"), page.indexOf("<!-- events: end -->"));
        var rows = new LinkedHashMap<String, Row>();
        ROW.matcher(table).results().forEach(row -> rows.put(row.group(1),
                new Row(Arrays.stream(row.group(2).split(", ")).map(status -> status.replace("`", "")).toList(),
                        row.group(3))));
        assertThat(rows).hasSize((int) table.lines().filter(line -> line.startsWith("| `")).count());
        return rows;
    }

    /** Which of them has what is told by the test: every event, and of each every status that the page names. */
    private static List<ScriptedJob> histories() {
        var ad = new SlotId(EntityType.AD, 2);
        var completed = job("completed", RollbackPolicy.AUTOMATIC)
                .preVerification(VerificationOutcome.INCONCLUSIVE, ScriptedJob.NETWORK).waitEnds()
                .preVerification(VerificationOutcome.INCONCLUSIVE, ScriptedJob.LIMITED).waitEnds();
        completed.put(new JobCommand.RecordPreVerification(new PreVerificationReport(3,
                VerificationOutcome.INCONCLUSIVE, List.of(), null, null, null, 1, 1, null, List.of(),
                completed.now().plusSeconds(9)))).waitEnds().preVerified()
                .created(id -> !id.equals(ad), List.of(new FailedSlot(ad, ScriptedJob.LIMITED)), RoundEnd.RATE_LIMITED)
                .waitEnds().createdAll().waitEndsIfAny()
                .verification(VerificationOutcome.REFUSED, List.of(ad), List.of()).waitEnds().createdAll();
        completed.waitEndsIfAny().verified();
        var refused = job("refused", RollbackPolicy.AUTOMATIC).refusedBecauseSuspended();
        var rolledBack = job("rolled-back", RollbackPolicy.AUTOMATIC).preVerified().suspendedHalfWay().deletedAll();
        var declined = job("declined", RollbackPolicy.CONFIRM).preVerified().suspendedHalfWay()
                .put(new JobCommand.DecideRollback(false, "somebody", "keep it"));
        var later = ScriptedJob.accepted(ScriptedJob.request("u", "later", 2, RollbackPolicy.AUTOMATIC)
                .startingAt("2026-02-01T00:00:00Z"), T0).preVerified("Europe/Berlin")
                .put(new JobCommand.RescheduleLaunch("2026-03-01T00:00:00Z", "boss", "later"))
                .put(new JobCommand.CancelJob("boss", "not at all"));
        var cancelled = job("cancelled", RollbackPolicy.AUTOMATIC).preVerified()
                .put(new JobCommand.CancelJob("boss", "not at all")).createdAll();
        return List.of(completed, refused, rolledBack, declined, later, cancelled);
    }

    private static ScriptedJob job(String key, RollbackPolicy policy) {
        return ScriptedJob.accepted(ScriptedJob.request("u", key, 2, policy), T0);
    }
}
