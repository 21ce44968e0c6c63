package io.campaignlauncher.access.model;

import java.util.Set;
import java.util.UUID;

/**
 * Who asks.
 *
 * @param tenant   whose world it is
 * @param subject  the user, or the owner of the key, as their issuer names them: of our own issuer the text of a UUID
 * @param username as people call the subject
 * @param roles    as they are now, not as they were when the token was made
 * @param means    how they showed who they are
 */
public record Principal(String tenant, String subject, String username, Set<Role> roles, Means means) {

    /** Who asks from this machine without showing who they are, where that is enough: whoever sits at it runs it. */
    public static final Principal LOCAL_OPERATOR = new Principal("local", "local-operator", "local-operator",
            Set.of(Role.SUPER_ADMIN), new ThisMachine());

    /** How somebody showed who they are. */
    public sealed interface Means {}

    /** By an access token of a session, which began with a log-in. */
    public record Session(UUID sessionId) implements Means {}

    /** By an access token of an issuer that is not ours, who alone knows of its session. */
    public record ForeignToken() implements Means {}

    /** By an API key, with the scopes that its owner's roles still cover. */
    public record Key(UUID keyId, Set<Scope> scopes) implements Means {

        public Key {
            scopes = Set.copyOf(scopes);
        }
    }

    /** By asking from the machine itself. */
    public record ThisMachine() implements Means {}

    public Principal {
        roles = Set.copyOf(roles);
    }

    /** @throws IllegalArgumentException where the subject is not one of our own users */
    public UUID userId() {
        return UUID.fromString(subject);
    }
}
