package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.JsonBody;
import io.campaignlauncher.access.http.PathIds;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.http.QueryParameters;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.access.model.Tenants;
import io.campaignlauncher.identity.model.Passwords;
import io.campaignlauncher.identity.model.UserNames;
import io.campaignlauncher.identity.store.Users;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Users, for admins: seen, made, changed, invited. */
final class UserRoutes {

    static final int PAGE = 50;
    static final int PAGE_MAX = 200;
    private static final int INVITATION_DAYS = 7;

    private final Users users;
    private final PasswordWork passwords;
    private final Callers callers;
    private final SecureRandom random;

    private record UserBody(@Nullable String username, @Nullable String password,
            @Nullable List<@Nullable String> roles, @Nullable String tenant) {}

    private record ChangeBody(@Nullable List<@Nullable String> roles, @Nullable Boolean disabled,
            @Nullable String password) {}

    UserRoutes(Users users, PasswordWork passwords, Callers callers, SecureRandom random) {
        this.users = users;
        this.passwords = passwords;
        this.callers = callers;
        this.random = random;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        var limit = limit(request);
        var after = UserNames.normal(request.queryParam("after").orElse(""));
        return PrincipalToken.of(request)
                .flatMap(actor -> Answers.blocking(() -> Map.of("users",
                        users.list(actor.roles().contains(Role.SUPER_ADMIN) ? null : actor.tenant(), after, limit)
                                .stream().map(UserAnswers::of).toList())))
                .flatMap(Answers::ok);
    }

    Mono<ServerResponse> make(ServerRequest request) {
        return Mono.zip(PrincipalToken.of(request), JsonBody.of(request, UserBody.class)).flatMap(both -> {
            var actor = both.getT1();
            var body = both.getT2();
            var check = new JsonBody.Check();
            var name = UserNames.normal(check.needed("username", body.username()));
            var password = check.needed("password", body.password());
            check.rule("username", UserNames.mistake(name));
            check.rule("password", Passwords.mistake(password, name));
            var roles = roles(body.roles(), check);
            if (roles.isEmpty()) {
                check.rule("roles", "is needed");
            }
            var tenant = tenant(actor, body.tenant(), check);
            check.end();
            return Mono.zip(passwords.hash(password), callers.of(request, actor))
                    .flatMap(ready -> Answers.blocking(() -> UserAnswers.done(users.make(actor, UUID.randomUUID(),
                            tenant, name, ready.getT1(), roles, ready.getT2()))))
                    .flatMap(user -> Answers.of(HttpStatus.CREATED, UserAnswers.of(user)));
        });
    }

    Mono<ServerResponse> change(ServerRequest request) {
        var userId = PathIds.of(request, "userId", "No such user");
        return Mono.zip(PrincipalToken.of(request), JsonBody.of(request, ChangeBody.class)).flatMap(both -> {
            var actor = both.getT1();
            var body = both.getT2();
            var check = new JsonBody.Check();
            var roles = body.roles() == null ? null : roles(body.roles(), check);
            if (roles != null && roles.isEmpty()) {
                check.rule("roles", "may not be empty");
            }
            if (roles == null && body.disabled() == null && body.password() == null) {
                check.wrong("roles", "or disabled or password is needed");
            }
            if (body.password() != null) {
                check.rule("password", Passwords.mistake(body.password(), ""));
            }
            check.end();
            var hash = body.password() == null ? Mono.just(Optional.<String>empty())
                    : passwords.hash(body.password()).map(Optional::of);
            return Mono.zip(hash, callers.of(request, actor))
                    .flatMap(ready -> Answers.blocking(() -> UserAnswers.done(users.change(actor, userId,
                            new Users.Change(roles, body.disabled(), ready.getT1().orElse(null)), ready.getT2()))))
                    .flatMap(user -> Answers.ok(UserAnswers.of(user)));
        });
    }

    /** The invitation is shown once, and good for one user of the tenant of whoever invites. */
    Mono<ServerResponse> invite(ServerRequest request) {
        var invitation = Secrets.next(random);
        return PrincipalToken.of(request)
                .flatMap(actor -> callers.of(request, actor).flatMap(caller -> Answers.blocking(() -> {
                    users.invite(UUID.randomUUID(), actor.tenant(), Secrets.hash(invitation), INVITATION_DAYS,
                            actor.userId(), caller);
                    return Map.of("invitation", invitation, "tenant", actor.tenant(), "expiresInDays",
                            INVITATION_DAYS);
                })))
                .flatMap(body -> Answers.of(HttpStatus.CREATED, body));
    }

    private static String tenant(Principal actor, @Nullable String given, JsonBody.Check check) {
        var tenant = given == null ? actor.tenant() : given;
        if (!Tenants.isName(tenant)) {
            check.wrong("tenant", Tenants.RULE);
        } else if (!tenant.equals(actor.tenant()) && !actor.roles().contains(Role.SUPER_ADMIN)) {
            throw Problem.forbidden("Users of another tenant are made by a super_admin.");
        }
        return tenant;
    }

    private static Set<Role> roles(@Nullable List<@Nullable String> words, JsonBody.Check check) {
        var roles = EnumSet.noneOf(Role.class);
        for (var word : words == null ? List.<@Nullable String>of() : words) {
            Role.named(String.valueOf(word)).ifPresentOrElse(roles::add,
                    () -> check.rule("roles", "may hold " + String.join(", ", Role.words(Set.of(Role.values())))));
        }
        return roles;
    }

    private static int limit(ServerRequest request) {
        var asked = new QueryParameters(request);
        var limit = asked.number("limit", 1, PAGE_MAX);
        asked.areGood();
        return limit == null ? PAGE : limit.intValue();
    }
}
