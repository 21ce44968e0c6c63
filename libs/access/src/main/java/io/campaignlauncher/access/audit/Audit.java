package io.campaignlauncher.access.audit;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.telemetry.Secrets;
import java.sql.Types;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was done, by whom, with which roles then. Only added to: where what was done is in the same database, in its transaction, so
 * that neither is without the other. Holds no secret, and of a name that nobody has only that it was tried.
 */
public final class Audit {

    /** The actor or the subject of what concerns nobody known. */
    public static final String NOBODY = "-";

    private static final String BLOT = "•••";
    private static final int WORD_CHARACTERS_MAX = 100;
    private static final int TEXT_CHARACTERS_MAX = 400;

    private final JdbcClient sql;
    private final String insert;

    /** @param table its name, with its schema where it has one of its own; whoever notes something needs no right but to insert */
    public Audit(JdbcClient sql, String table) {
        this.sql = sql;
        insert = "insert into " + table + """
                 (actor, roles, tenant, trace_id, action, subject, outcome, times, address_hash)
                values (:actor, :roles, :tenant, :trace, :action, :subject, :outcome, :times, :address)""";
    }

    /**
     * By whoever calls.
     *
     * @param action  what, e.g. {@code log-in}
     * @param subject what about
     * @param outcome what came of it, in words
     */
    public void note(Caller caller, String action, String subject, String outcome) {
        var principal = caller.principal();
        append(actor(principal), principal == null ? Set.of() : principal.roles(), tenant(principal),
                caller.traceId(), action, subject, outcome, 1, caller.addressHash());
    }

    /** By a user who is known by something else than a token. */
    public void noteOf(UUID user, Set<Role> roles, String tenant, Caller caller, String action, String subject,
            String outcome) {
        append(user.toString(), roles, tenant, caller.traceId(), action, subject, outcome, 1, caller.addressHash());
    }

    /** The same thing that happened several times. */
    void noteGathered(RefusalTally.Gathered gathered) {
        var refusal = gathered.refusal();
        append(refusal.actor(), refusal.roles(), refusal.tenant(), gathered.traceId(), "access", refusal.route(),
                refusal.status(), gathered.times(), refusal.address());
    }

    static String actor(@Nullable Principal principal) {
        if (principal == null) {
            return NOBODY;
        }
        return switch (principal.means()) {
            case Principal.Session _,Principal.ForeignToken _,Principal.ThisMachine _ -> principal.subject();
            case Principal.Key(UUID keyId, _) -> principal.subject() + "/" + keyId;
        };
    }

    static String tenant(@Nullable Principal principal) {
        return principal == null ? NOBODY : principal.tenant();
    }

    private void append(String actor, Set<Role> roles, String tenant, @Nullable String traceId, String action,
            String subject, String outcome, int times, byte @Nullable [] address) {
        sql.sql(insert)
                .param("actor", plain(actor, TEXT_CHARACTERS_MAX))
                .param("roles", Role.words(roles).toArray(String[]::new))
                .param("tenant", plain(tenant, WORD_CHARACTERS_MAX))
                .param("trace", traceId, Types.VARCHAR)
                .param("action", plain(action, WORD_CHARACTERS_MAX))
                .param("subject", plain(Secrets.blottedOut(subject, BLOT), TEXT_CHARACTERS_MAX))
                .param("outcome", plain(Secrets.blottedOut(outcome, BLOT), TEXT_CHARACTERS_MAX))
                .param("times", times)
                .param("address", address, Types.BINARY)
                .update();
    }

    /** Of a length that always fits into a record, on one line. */
    private static String plain(String text, int charactersMax) {
        return PlainText.beginning(PlainText.oneLine(text), charactersMax);
    }
}
