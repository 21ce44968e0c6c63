package io.campaignlauncher.creation.claims;

import static io.campaignlauncher.creation.Commands.jobId;
import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.creation.claims.Claims.Wanted;
import io.campaignlauncher.creation.model.RoundLimits;
import io.campaignlauncher.creation.model.CommandRules;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class WaitingCommandsIT {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static HikariDataSource database;

    private final WaitingCommands waiting = waiting(Duration.ofMinutes(1));
    private final JdbcClaims claims = new JdbcClaims(database, CreationSettings.defaults());

    @BeforeAll
    static void open() {
        var server = TestDatabase.shared();
        database = ClaimsDatabase.open(server.createDatabase("waiting_commands"), server.username(), server.password(),
                4, new SimpleMeterRegistry());
        ClaimsDatabase.migrate(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        JdbcClient.create(database).sql("TRUNCATE creator.waiting_commands, creator.creation_claims").update();
    }

    @Test
    void gives_the_most_urgent_first_whole_with_its_envelope() {
        var nine = command("nine", 1, 9, NOON.plusSeconds(3));
        var five = command("five", 1, 5, NOON.plusSeconds(1));
        var laterFive = command("later five", 1, 5, NOON.plusSeconds(2));
        var zero = command("zero", 1, 0, NOON);
        var patientZero = command("patient zero", 1, 0, NOON.minusSeconds(60));
        add(zero, laterFive, nine, five, patientZero);

        assertThat(waiting.count()).isEqualTo(5);
        assertThat(waiting.take(1)).containsExactly(patientZero);
        assertThat(waiting.take(1)).containsExactly(nine);
        assertThat(waiting.take(2)).containsExactlyInAnyOrder(five, laterFive);
        assertThat(waiting.take(2)).containsExactly(zero);
        assertThat(waiting.take(2)).as("each is somebody's now").isEmpty();
    }

    @Test
    void keeps_the_latest_round_of_a_job_and_one_that_comes_twice_once() {
        var first = command("job", 1, 5, NOON);
        var third = command("job", 3, 5, NOON);
        add(command("job", 2, 5, NOON), third, first);
        add(third);
        add(first);

        assertThat(waiting.take(10)).containsExactly(third);
    }

    @Test
    void a_claim_takes_its_command_away_and_no_other() {
        add(command("claimed", 1, 5, NOON), command("expired", 1, 5, NOON), command("newer", 2, 5, NOON),
                command("other", 1, 5, NOON));

        claims.claim("c/1", List.of(wanted("claimed", null), wanted("expired", Instant.EPOCH), wanted("newer", null)))
                .block();

        assertThat(waiting.take(10)).extracting(command -> command.message().getJobId())
                .containsExactlyInAnyOrder(jobId("newer"), jobId("other"));
    }

    @Test
    void what_was_taken_and_not_claimed_can_be_taken_again_when_given_back_or_later() {
        var command = command("job", 1, 5, NOON);
        add(command);
        assertThat(waiting.take(1)).containsExactly(command);
        assertThat(waiting.take(1)).isEmpty();

        waiting.giveBack(List.of(command));
        assertThat(waiting(Duration.ZERO).take(1)).containsExactly(command);
        assertThat(waiting.take(1)).as("its taker's time is over").containsExactly(command);
        assertThat(waiting.count()).isEqualTo(1);
    }

    @Test
    void one_that_cannot_be_read_is_dropped_and_holds_up_no_other() {
        var good = command("good", 1, 0, NOON);
        add(command("broken", 1, 9, NOON), good);
        JdbcClient.create(database).sql("UPDATE creator.waiting_commands SET command = 'x' WHERE job_id = ?::uuid")
                .param(jobId("broken")).update();

        assertThat(waiting.take(10)).containsExactly(good);
        assertThat(waiting.count()).isEqualTo(1);
    }

    private void add(CreationCommand... commands) {
        waiting.add(Arrays.asList(commands));
    }

    private static WaitingCommands waiting(Duration claimedWithin) {
        return new WaitingCommands(database, new AvroEncoding(), claimedWithin);
    }

    private static Wanted wanted(String job, Instant notAfter) {
        var command = command(job, 1, 5, NOON);
        return new Wanted(CommandRules.jobId(command.message()), 1, "act_1", notAfter,
                RoundLimits.of(command.message(), CreationSettings.defaults()), 3, command.envelope());
    }

    private static CreationCommand command(String job, int round, int priority, Instant sentAt) {
        var message = launch(job, 1, 1).setRound(round).setPriority(priority).build();
        return new CreationCommand(message, new Envelope("command-" + job, "CreateEntities", "/job-service",
                message.getJobId(), sentAt, null, "correlation-" + job, null,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }
}
