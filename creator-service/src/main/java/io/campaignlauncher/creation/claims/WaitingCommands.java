package io.campaignlauncher.creation.claims;

import io.campaignlauncher.creation.model.CommandRules;
import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.creation.model.Urgency;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.Envelope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Commands that wait for room at a creator, durably and for all creators together; the most {@linkplain Urgency urgent} is
 * taken first. They are here from before their records are acknowledged until their claims are durable. Every call blocks.
 */
public final class WaitingCommands {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingCommands.class);
    private static final int STATEMENT_TIMEOUT_SECONDS = 5;

    private final JdbcClient jdbc;
    private final AvroEncoding encoding;
    private final Duration claimedWithin;

    private record Row(UUID jobId, int round, Envelope envelope, byte[] command) {}

    /** @param claimedWithin who took a command claims it in this time; after it another creator may take it */
    public WaitingCommands(DataSource database, AvroEncoding encoding, Duration claimedWithin) {
        var template = new JdbcTemplate(database);
        template.setQueryTimeout(STATEMENT_TIMEOUT_SECONDS);
        this.jdbc = JdbcClient.create(template);
        this.encoding = encoding;
        this.claimedWithin = claimedWithin;
    }

    /** Durable once it returns. Of the commands of one job the latest round stays. */
    public void add(Collection<CreationCommand> commands) {
        var latest = new HashMap<String, CreationCommand>();
        commands.forEach(command -> latest.merge(command.message().getJobId(), command,
                (one, other) -> other.message().getRound() > one.message().getRound() ? other : one));
        var added = List.copyOf(latest.values());
        jdbc.sql(WaitingSql.ADD)
                .param(texts(added, one -> one.message().getJobId()))
                .param(added.stream().map(one -> one.message().getRound()).toArray(Integer[]::new))
                .param(texts(added, one -> Urgency.ofCommand(one.envelope().time(), one.message().getPriority())
                        .toString()))
                .param(texts(added, one -> one.envelope().time().toString()))
                .param(texts(added, one -> one.envelope().id()))
                .param(texts(added, one -> one.envelope().correlationId()))
                .param(texts(added, one -> one.envelope().traceparent()))
                .param(added.stream().map(one -> encoding.encode(one.message())).toArray(byte[][]::new))
                .update();
    }

    /** How many wait, those included that somebody is about to claim. */
    public int count() {
        return jdbc.sql(WaitingSql.COUNT).query(Integer.class).single();
    }

    /** The most urgent ones. They are the caller's to claim for a while; a claim takes them away for good. */
    public List<CreationCommand> take(int max) {
        return jdbc.sql(WaitingSql.TAKE)
                .param(claimedWithin.toNanos() / 1e9)
                .param(max)
                .query(WaitingCommands::row)
                .list().stream().map(this::read).filter(Objects::nonNull).toList();
    }

    /** Gives commands back: another creator may take them at once. */
    public void giveBack(Collection<CreationCommand> commands) {
        jdbc.sql(WaitingSql.GIVE_BACK).param(texts(List.copyOf(commands), one -> one.message().getJobId())).update();
    }

    /** One that cannot be read any more is lost to this creator; its job asks anew when it has heard nothing for long. */
    private @Nullable CreationCommand read(Row row) {
        try {
            var message = (CreateEntities) encoding.decode(row.envelope().type(), row.command());
            var command = new CreationCommand(message, row.envelope());
            if (CommandRules.jobId(message).equals(row.jobId())) {
                return command;
            }
            throw new IllegalArgumentException("it is of another job");
        } catch (RuntimeException e) {
            LOG.error("the command of job {}, round {}, that waited for room is dropped, it cannot be read: {}",
                    row.jobId(), row.round(), e.toString());
            jdbc.sql(WaitingSql.REMOVE).param(row.jobId()).param(row.round()).update();
            return null;
        }
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        var jobId = row.getObject("job_id", UUID.class);
        return new Row(jobId, row.getInt("round"),
                ClaimRows.command(row, jobId, row.getObject("sent_at", OffsetDateTime.class).toInstant()),
                row.getBytes("command"));
    }

    private static <T> String[] texts(List<T> items, Function<T, @Nullable String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }
}
