package io.campaignlauncher.access.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route with the rule of who may ask there.
 *
 * @param method of HTTP
 * @param path   a pattern: names in braces stand for one segment, two asterisks for any number of them
 * @param who    whom it is for, before roles are looked at
 * @param roles  one of which is needed; none: any
 * @param scope  with which a key may ask there as well; null: a key only where anybody known may
 */
public record RouteRule(String method, String path, Who who, Set<Role> roles, @Nullable Scope scope) {

    /** Whom a route is for. */
    public enum Who {
        ANYBODY,
        /** Whoever shows who they are. */
        KNOWN,
        /** People, who have shown it by a token or sit at the machine. */
        PERSON,
        /** People who are logged in here, as users of our own. */
        SESSION
    }

    /** What becomes of a request. */
    public enum Verdict {
        ALLOWED, WHO_ARE_YOU, NOT_YOURS
    }

    public RouteRule {
        roles = Set.copyOf(roles);
    }

    /** For everybody in the world. */
    public static RouteRule open(String method, String path) {
        return new RouteRule(method, path, Who.ANYBODY, Set.of(), null);
    }

    /** For people and keys alike, of whatever role and scope. */
    public static RouteRule known(String method, String path) {
        return new RouteRule(method, path, Who.KNOWN, Set.of(), null);
    }

    /** @param roles one of which is needed */
    public static RouteRule people(String method, String path, Role... roles) {
        return new RouteRule(method, path, Who.PERSON, Set.of(roles), null);
    }

    /** @param roles one of which is needed; none: any */
    public static RouteRule session(String method, String path, Role... roles) {
        return new RouteRule(method, path, Who.SESSION, Set.of(roles), null);
    }

    /** The same, and for keys with this scope. */
    public RouteRule orKeysWith(Scope keys) {
        return new RouteRule(method, path, who, roles, keys);
    }

    public boolean isForAnybody() {
        return who == Who.ANYBODY;
    }

    /** @param asking null: nobody known */
    public Verdict judge(@Nullable Principal asking) {
        if (isForAnybody()) {
            return Verdict.ALLOWED;
        }
        if (asking == null) {
            return Verdict.WHO_ARE_YOU;
        }
        boolean role = roles.isEmpty() || asking.roles().stream().anyMatch(roles::contains);
        boolean allowed = switch (asking.means()) {
            case Principal.Session _ -> role;
            case Principal.ForeignToken _,Principal.ThisMachine _ -> role && who != Who.SESSION;
            // What is in a key is within the roles of its owner already.
            case Principal.Key(var _, var scopes) -> who == Who.KNOWN && role
                    || scope != null && scopes.contains(scope);
        };
        return allowed ? Verdict.ALLOWED : Verdict.NOT_YOURS;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
