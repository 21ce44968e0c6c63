package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.audit.Audit;
import io.campaignlauncher.access.audit.AuditReads;
import io.campaignlauncher.access.audit.AuditSettings;
import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.audit.Refusals;
import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.Problems;
import io.campaignlauncher.access.http.ProxySettings;
import io.campaignlauncher.access.http.TracedRequests;
import io.campaignlauncher.identity.model.AuthRoute;
import io.campaignlauncher.identity.store.ApiKeys;
import io.campaignlauncher.identity.store.Sessions;
import io.campaignlauncher.identity.store.SigningKeys;
import io.campaignlauncher.identity.store.Tables;
import io.campaignlauncher.identity.store.Users;
import io.campaignlauncher.identity.token.AccessTokens;
import io.campaignlauncher.identity.token.KeyRing;
import io.campaignlauncher.messaging.CredentialSettings;
import io.campaignlauncher.messaging.OutboxPublisher;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.messaging.TokenCipher;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The routes and what is behind them. Needs a DataSource with its transactions and {@code launch.credentials.key}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ IdentitySettings.class, LimitSettings.class, RegistrationSettings.class,
    AuditSettings.class })
@Import(SecurityConfiguration.class)
public class HttpConfiguration {

    /** {@code later}: the change is made, and other services have not been told of it yet. */
    private static final String ELSEWHERE = "access-elsewhere";

    @Bean
    @Fallback
    Clock identityClock() {
        return Clock.systemUTC();
    }

    @Bean
    SecureRandom identityRandom() {
        return new SecureRandom();
    }

    @Bean
    Audit audit(DataSource dataSource) {
        return new Audit(JdbcClient.create(dataSource), Tables.AUDIT);
    }

    @Bean
    Refusals refusals(Audit audit, PlatformTransactionManager transactions, Callers callers, AuditSettings settings,
            Clock clock) {
        return new Refusals(audit, new TransactionTemplate(transactions), callers, settings, clock);
    }

    @Bean
    Users users(DataSource dataSource, PlatformTransactionManager transactions, Audit audit) {
        return new Users(JdbcClient.create(dataSource), new TransactionTemplate(transactions), audit);
    }

    @Bean
    Sessions sessions(DataSource dataSource, PlatformTransactionManager transactions, Audit audit,
            IdentitySettings settings) {
        return new Sessions(JdbcClient.create(dataSource), new TransactionTemplate(transactions), audit,
                settings.refreshIdleMax(), settings.sessionMax());
    }

    @Bean
    ApiKeys apiKeys(DataSource dataSource, PlatformTransactionManager transactions, Audit audit) {
        return new ApiKeys(JdbcClient.create(dataSource), new TransactionTemplate(transactions), audit);
    }

    @Bean
    KeyRing keyRing(DataSource dataSource, PlatformTransactionManager transactions, IdentitySettings settings,
            Clock clock, Environment environment) {
        var keys = new SigningKeys(JdbcClient.create(dataSource), new TransactionTemplate(transactions),
                settings.signingKeyLife());
        return new KeyRing(keys, TokenCipher.withKey(secret(environment)), clock);
    }

    @Bean
    AccessTokens accessTokens(KeyRing keys, IdentitySettings settings, Clock clock) {
        return new AccessTokens(keys, settings.issuer(), settings.audience(), settings.accessTokenLife(), clock);
    }

    @Bean
    PasswordWork passwordWork(IdentitySettings settings, MeterRegistry meters) {
        return new PasswordWork(settings.hashesAtOnce(), settings.hashesWaiting(), meters);
    }

    @Bean
    Callers callers(Environment environment) {
        return new Callers(secret(environment), Settings.of(environment, ProxySettings.class).peers());
    }

    @Bean
    LogInLimits logInLimits(LimitSettings settings) {
        return new LogInLimits(settings, TimeMeter.SYSTEM_NANOTIME);
    }

    @Bean
    RouterFunction<ServerResponse> authRoutes(Users users, Sessions sessions, ApiKeys keys, Audit audit,
            AccessTokens tokens, KeyRing ring, PasswordWork passwords, LogInLimits limits, Callers callers,
            @Qualifier("accessPublisher") ObjectProvider<OutboxPublisher> publisher,
            RegistrationSettings registration, IdentitySettings settings, SecureRandom random, DataSource dataSource) {
        var logIns = new LogIns(users, sessions, audit, tokens, passwords, limits, callers,
                registration.registration(), settings.tenant(), random);
        var own = new SessionRoutes(sessions, callers);
        var ownKeys = new KeyRoutes(keys, callers, random);
        var ownPassword = new PasswordRoutes(users, passwords, limits, callers);
        var others = new UserRoutes(users, passwords, callers, random);
        var lines = new AuditReads(JdbcClient.create(dataSource), Tables.AUDIT, UserRoutes.PAGE, UserRoutes.PAGE_MAX);
        var routes = RouterFunctions.route();
        for (var route : AuthRoute.values()) {
            @Nullable
            HandlerFunction<ServerResponse> handler = switch (route) {
                case REGISTER -> logIns::register;
                case LOG_IN -> logIns::logIn;
                case REFRESH -> logIns::refresh;
                case LOG_OUT -> own::logOut;
                case LOG_OUT_ALL -> own::logOutAll;
                case ME -> own::me;
                case SESSIONS -> own::list;
                case OWN_PASSWORD -> ownPassword::change;
                case KEYS -> ownKeys::list;
                case MAKE_KEY -> ownKeys::make;
                case REVOKE_KEY -> ownKeys::revoke;
                case USERS -> others::list;
                case MAKE_USER -> others::make;
                case CHANGE_USER -> others::change;
                case INVITE -> others::invite;
                case AUDIT -> lines::list;
                case PUBLIC_KEYS -> _ -> Answers.blocking(() -> ring.published().toJSONObject(true))
                        .flatMap(Answers::ok);
                // Spring Boot's own.
                case HEALTH, METRICS, OPERATIONS -> null;
            };
            if (handler != null) {
                routes.route(RequestPredicates.method(HttpMethod.valueOf(route.rule().method()))
                        .and(RequestPredicates.path(route.rule().path())),
                        told(route, handler, publisher.getIfAvailable()));
            }
        }
        return routes.filter(Problems::caught).build();
    }

    /** Where other services have to know of it, the answer waits until they are told, or says that they are told later. */
    private static HandlerFunction<ServerResponse> told(AuthRoute route, HandlerFunction<ServerResponse> next,
            @Nullable OutboxPublisher publisher) {
        boolean changes = switch (route) {
            // A log-in beyond the last ends the oldest session, and a token that is used twice its own.
            case LOG_IN, REFRESH, LOG_OUT, LOG_OUT_ALL, OWN_PASSWORD, MAKE_KEY, REVOKE_KEY, CHANGE_USER -> true;
            case REGISTER, ME, SESSIONS, KEYS, USERS, MAKE_USER, INVITE, AUDIT, PUBLIC_KEYS, HEALTH, METRICS,
                    OPERATIONS ->
                false;
        };
        return publisher == null || !changes ? next
                : request -> next.handle(request)
                        .onErrorResume(error -> publisher.published().then(Mono.error(error)))
                        .delayUntil(_ -> publisher.published().doOnNext(done -> {
                            if (!done) {
                                request.exchange().getResponse().getHeaders().set(ELSEWHERE, "later");
                            }
                        }));
    }

    @Bean
    TracedRequests tracedRequests() {
        return new TracedRequests();
    }

    /** A start whose signing keys cannot be opened ends at once. */
    @Bean
    ApplicationRunner firstStart(Users users, AccessTokens tokens, PasswordWork passwords, SecureRandom random,
            IdentitySettings settings) {
        return _ -> {
            tokens.maker();
            var folder = settings.adminFolder();
            if (folder != null && !folder.isBlank()) {
                new FirstAdmin(users, passwords, random).make(Path.of(folder), settings.tenant());
            }
        };
    }

    private static String secret(Environment environment) {
        return Settings.of(environment, CredentialSettings.class).requiredKey();
    }
}
