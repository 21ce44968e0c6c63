package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.Caller;
import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.JsonBody;
import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.identity.http.RegistrationSettings.Registration;
import io.campaignlauncher.identity.model.Passwords;
import io.campaignlauncher.identity.model.UserNames;
import io.campaignlauncher.identity.store.Sessions;
import io.campaignlauncher.identity.store.User;
import io.campaignlauncher.identity.store.Users;
import io.campaignlauncher.identity.token.AccessTokens;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What anybody may ask for: to register, to log in, to go on. */
final class LogIns {

    /** For names that nobody can have: they share their tries. */
    private static final String NO_NAME = "?";

    private final Users users;
    private final Sessions sessions;
    private final Audit audit;
    private final AccessTokens tokens;
    private final PasswordWork passwords;
    private final LogInLimits limits;
    private final Callers callers;
    private final Registration registration;
    private final String tenant;
    private final SecureRandom random;

    private record RegisterBody(@Nullable String username, @Nullable String password, @Nullable String invitation) {}

    private record LogInBody(@Nullable String username, @Nullable String password) {}

    private record RefreshBody(@Nullable String refreshToken) {}

    LogIns(Users users, Sessions sessions, Audit audit, AccessTokens tokens, PasswordWork passwords,
            LogInLimits limits, Callers callers, Registration registration, String tenant, SecureRandom random) {
        this.users = users;
        this.sessions = sessions;
        this.audit = audit;
        this.tokens = tokens;
        this.passwords = passwords;
        this.limits = limits;
        this.callers = callers;
        this.registration = registration;
        this.tenant = tenant;
        this.random = random;
    }

    Mono<ServerResponse> register(ServerRequest request) {
        limits.admit(callers.address(request));
        if (registration == Registration.CLOSED) {
            return Mono.error(Problem.forbidden("Nobody can register here; an admin makes users."));
        }
        return JsonBody.of(request, RegisterBody.class).flatMap(body -> {
            var check = new JsonBody.Check();
            var name = UserNames.normal(check.needed("username", body.username()));
            var password = check.needed("password", body.password());
            var invitation = switch (registration) {
                case INVITE -> check.needed("invitation", body.invitation());
                case OPEN, CLOSED -> body.invitation();
            };
            check.rule("username", UserNames.mistake(name));
            check.rule("password", Passwords.mistake(password, name));
            check.end();
            return Mono.zip(passwords.hash(password), callers.of(request, null))
                    .flatMap(both -> Answers.blocking(
                            () -> registered(name, invitation, both.getT1(), both.getT2())))
                    .flatMap(user -> Answers.of(HttpStatus.CREATED, UserAnswers.of(user)));
        });
    }

    private User registered(String name, @Nullable String invitation, String hash, Caller caller) {
        var id = UUID.randomUUID();
        return UserAnswers.done(invitation == null ? users.register(id, tenant, name, hash, caller)
                : users.registerInvited(id, Secrets.hash(invitation), name, hash, caller));
    }

    /** One answer and one amount of work for an unknown name, a wrong password, and a user who is locked out. */
    Mono<ServerResponse> logIn(ServerRequest request) {
        return JsonBody.of(request, LogInBody.class).flatMap(body -> {
            var check = new JsonBody.Check();
            var name = UserNames.normal(check.needed("username", body.username()));
            var password = check.needed("password", body.password());
            check.end();
            var known = UserNames.mistake(name) == null ? name : NO_NAME;
            var address = callers.address(request);
            limits.admit(address, known);
            if (password.codePointCount(0, password.length()) > Passwords.CHARACTERS_MAX) {
                return Mono.error(Problem.logInRefused());
            }
            return Mono.zip(Answers.blocking(() -> users.named(known)), callers.of(request, null))
                    .flatMap(both -> passwords.matches(password, both.getT1().map(User::passwordHash).orElse(null))
                            .flatMap(right -> right && !both.getT1().orElseThrow().disabled()
                                    ? entered(both.getT1().orElseThrow(), password, both.getT2())
                                    : refused(both.getT1(), both.getT2())))
                    .doOnNext(_ -> limits.succeeded(address, known))
                    .flatMap(Answers::ok);
        });
    }

    private Mono<Map<String, Object>> entered(User user, String password, Caller caller) {
        var upgraded = passwords.isOld(user.passwordHash()) ? passwords.hash(password)
                .flatMap(hash -> Answers.<Object>blocking(() -> {
                    users.rehash(user.userId(), user.passwordHash(), hash);
                    return user;
                })).then() : Mono.<Void>empty();
        return upgraded.then(begun((next, token) -> sessions.open(user, UUID.randomUUID(), next,
                Secrets.hash(token), caller), Problem.logInRefused()));
    }

    private Mono<Map<String, Object>> refused(Optional<User> user, Caller caller) {
        return Answers.blocking(() -> {
            audit.note(caller, "log-in", user.map(found -> found.userId().toString()).orElse(Audit.NOBODY), "refused");
            throw Problem.logInRefused();
        });
    }

    Mono<ServerResponse> refresh(ServerRequest request) {
        limits.admit(callers.address(request));
        return JsonBody.of(request, RefreshBody.class).flatMap(body -> {
            var check = new JsonBody.Check();
            var used = check.needed("refreshToken", body.refreshToken());
            check.end();
            return callers.of(request, null)
                    .flatMap(caller -> begun((next, token) -> sessions.rotate(used, next, Secrets.hash(token), caller),
                            Problem.refreshRefused()))
                    .flatMap(Answers::ok);
        });
    }

    /** Begins or goes on with a session by a refresh token that nobody else has. */
    private interface Step {

        Optional<Sessions.Opened> take(UUID tokenId, String token);
    }

    private Mono<Map<String, Object>> begun(Step step, Problem otherwise) {
        return Answers.blocking(() -> {
            // Before the old one is used up: if keys cannot be read, nothing has happened.
            var maker = tokens.maker();
            var token = Secrets.next(random);
            var opened = step.take(UUID.randomUUID(), token).orElseThrow(() -> otherwise);
            return Map.of("accessToken", maker.make(opened.user(), opened.sessionId()), "refreshToken", token,
                    "expiresIn", tokens.life().toSeconds());
        });
    }
}
