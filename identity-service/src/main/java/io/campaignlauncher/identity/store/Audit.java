package io.campaignlauncher.identity.store;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import java.sql.Types;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was done, by whom, with which roles then. Only added to; in the transaction of what was done, so that neither is without the
 * other. Holds no secret, and of a name that nobody has only that it was tried.
 */
public final class Audit {

    /** The subject of what concerns nobody known. */
    public static final String NOBODY = "-";

    private final JdbcClient sql;

    public Audit(JdbcClient sql) {
        this.sql = sql;
    }

    /** By whoever calls. */
    public void note(Caller caller, String action, String subject, String outcome) {
        var principal = caller.principal();
        append(caller, principal == null ? NOBODY : actor(principal), principal == null ? Set.of() : principal.roles(),
                principal == null ? NOBODY : principal.tenant(), action, subject, outcome);
    }

    /** By a user who is known by something else than a token. */
    void noteOf(User user, Caller caller, String action, String subject, String outcome) {
        append(caller, user.userId().toString(), user.roles(), user.tenant(), action, subject, outcome);
    }

    private static String actor(Principal principal) {
        return switch (principal.means()) {
            case Principal.Session _,Principal.ForeignToken _,Principal.ThisMachine _ -> principal.subject();
            case Principal.Key(UUID keyId, _) -> principal.subject() + "/" + keyId;
        };
    }

    private void append(Caller caller, String actor, Set<Role> roles, String tenant, String action, String subject,
            String outcome) {
        sql.sql("""
                insert into identity.audit (actor, roles, tenant, trace_id, action, subject, outcome, address_hash)
                values (:actor, :roles, :tenant, :trace, :action, :subject, :outcome, :address)""")
                .param("actor", actor)
                .param("roles", words(roles))
                .param("tenant", tenant)
                .param("trace", caller.traceId(), Types.VARCHAR)
                .param("action", action)
                .param("subject", subject)
                .param("outcome", outcome)
                .param("address", caller.addressHash(), Types.BINARY)
                .update();
    }

    static String[] words(Set<Role> roles) {
        return Role.words(roles).toArray(String[]::new);
    }
}
