package io.campaignlauncher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom, module by module. A room is what lies in its packages and below, except what is a room of its own. It may
 * know rooms above it in the table only, so nothing imports upwards and nobody knows each other; and of a service only the packages
 * named here, so whatever else it has is its own. What nobody uses any more has to go from the table.
 */
class RoomsTest {

    private static final String ROOT = "io.campaignlauncher.";

    /** {@code room: what it may know}. A name with a dot is one package of a service. */
    private static final String TABLE = """
            schemas:
            telemetry:
            frontdoor:
            sendonce:
            graph: telemetry sendonce
            telegram: telemetry sendonce
            job.model:
            job.request: job.model schemas
            job.messages: job.model job.request schemas
            job.history: job.model job.request job.messages schemas
            job.host: job.model job.request job.messages schemas
            launchfile: schemas job.model job.request
            market.model: job.model
            market.messages: schemas job.model job.request market.model
            market.history: market.model
            market.tables: schemas market.model market.history
            eventstore: schemas job.model job.messages job.history job.host
            messaging: schemas telemetry frontdoor
            changefeed: schemas messaging eventstore
            access: schemas telemetry frontdoor messaging
            readmodel: schemas telemetry messaging job.model job.request job.history eventstore
            worker: schemas telemetry sendonce graph messaging
            accountcheck: schemas graph worker
            look: schemas graph job.model job.request
            pace: messaging telemetry
            job: schemas telemetry sendonce graph messaging access worker accountcheck look pace job.model job.request job.messages job.history \
            job.host \
            launchfile eventstore changefeed readmodel
            creation: schemas telemetry graph messaging access worker pace
            verification: schemas telemetry graph messaging access worker accountcheck
            rollback: schemas telemetry graph messaging access worker pace
            posting: schemas telemetry messaging access worker pace telegram
            identity: schemas telemetry messaging access
            moderation: schemas telemetry messaging access job.model job.request job.messages eventstore changefeed market.model \
            market.messages market.history market.tables telegram worker
            console: telemetry sendonce messaging access
            analytics: schemas frontdoor messaging
            tools: schemas telemetry sendonce graph messaging look job.model job.history job.messages eventstore changefeed readmodel market.model \
            market.messages market.history market.tables
            embedded: schemas
            standin: frontdoor
            simulator: frontdoor standin
            telegram.simulator: frontdoor standin
            testing: schemas graph embedded simulator
            standalone: schemas telemetry frontdoor messaging access worker telegram job.model job.history readmodel job job.notify \
            creation verification rollback posting identity identity.token moderation console analytics embedded simulator telegram.simulator
            simulation.engine: schemas sendonce worker standin
            simulation.market: schemas sendonce worker pace standin telegram telegram.simulator market.model market.messages \
            market.tables posting.kafka posting.model posting.store posting.telegram simulation.engine
            simulation: schemas sendonce graph messaging worker pace standin simulator job.model job.request job.messages job.host \
            creation.claims creation.graph creation.model verification.graph rollback.graph simulation.engine simulation.market
            chaos: schemas job.model job.history eventstore readmodel job creation verification rollback identity moderation posting \
            market.model market.messages market.tables tools embedded standin simulator telegram.simulator
            benchmarks: schemas graph messaging job.model job.messages launchfile eventstore changefeed readmodel market.tables tools embedded simulator telegram.simulator \
            standalone chaos
            """;
    private static final Set<String> SERVICES = Set.of("job", "creation", "verification", "rollback", "identity",
            "moderation", "posting", "console");

    private final Map<String, Set<String>> mayKnow = table();
    private final JavaClasses all = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.campaignlauncher");

    private static Map<String, Set<String>> table() {
        var rooms = new LinkedHashMap<String, Set<String>>();
        TABLE.lines().map(line -> line.split(":")).forEach(line -> rooms.put(line[0], line.length == 1 ? Set.of()
                : Set.copyOf(List.of(line[1].strip().split(" ")))));
        return rooms;
    }

    @Test
    void every_room_knows_whom_it_may_know_and_nobody_else() {
        var known = known();

        assertThat(known).containsExactlyInAnyOrderEntriesOf(mayKnow);
    }

    @Test
    void nobody_knows_a_room_below_in_the_table() {
        var order = List.copyOf(mayKnow.keySet());

        mayKnow.forEach((room, others) -> assertThat(others).as(room)
                .allSatisfy(other -> assertThat(order.indexOf(roomOf(ROOT + other))).isLessThan(order.indexOf(room))));
    }

    /** What each room knows, in the words of the table. */
    private Map<String, Set<String>> known() {
        var known = new TreeMap<String, Set<String>>();
        for (var one : all) {
            var room = roomOf(one.getPackageName());
            var others = known.computeIfAbsent(room, _ -> new TreeSet<>());
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .filter(target -> !roomOf(target.getPackageName()).equals(room))
                    .map(RoomsTest.this::named)
                    .forEach(others::add);
        }
        return known;
    }

    /** A class of a service by its package, every other one by its room. */
    private String named(JavaClass target) {
        var room = roomOf(target.getPackageName());
        return SERVICES.contains(room) ? target.getPackageName().substring(ROOT.length()) : room;
    }

    private String roomOf(String packageName) {
        var name = packageName.substring(ROOT.length());
        return mayKnow.keySet().stream()
                .filter(room -> name.equals(room) || name.startsWith(room + "."))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow(() -> new AssertionError(packageName + " belongs to no room; there are "
                        + Arrays.stream(TABLE.split("\n")).map(line -> line.split(":")[0])
                                .collect(Collectors.joining(", "))));
    }
}
