package io.campaignlauncher.console.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Secrets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Who is logged in here, in memory alone: a restart ends all. A browser has a word that nobody can guess, and what is kept of it is
 * its hash. Of too many, whoever did nothing for longest is out.
 */
final class Sessions {

    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Session> sessions;
    private final int most;
    private final LogInFigures figures;

    Sessions(ConsoleSettings.Sessions settings, LogInFigures figures, Ticker ticker) {
        this.figures = figures;
        most = settings.most();
        sessions = Caffeine.newBuilder().expireAfterAccess(settings.idleMax()).expireAfterWrite(settings.lifeMax())
                .ticker(ticker).build();
        figures.show(this);
    }

    /** @return what the browser gets: another word for each log-in, whatever it had before */
    synchronized String open(Principal principal, Tokens tokens) {
        var secret = Secrets.next(random);
        var session = new Session(key(secret), principal, tokens);
        sessions.put(session.key(), session);
        long tooMany = count() - most;
        if (tooMany > 0) {
            sessions.policy().expireAfterAccess().orElseThrow().oldest(Math.toIntExact(tooMany)).keySet()
                    .forEach(this::crowdOut);
        }
        return secret;
    }

    private void crowdOut(String key) {
        sessions.invalidate(key);
        figures.ended(LogInFigures.End.TOO_MANY);
    }

    /** Which counts as doing something. */
    Optional<Session> of(String secret) {
        return Optional.ofNullable(sessions.getIfPresent(key(secret)));
    }

    /** Its tokens go on being worth something until the identity-service ends it too. */
    void end(Session session, LogInFigures.End why) {
        if (sessions.asMap().remove(session.key()) != null) {
            figures.ended(why);
        }
    }

    long count() {
        sessions.cleanUp();
        return sessions.estimatedSize();
    }

    private static String key(String secret) {
        return HexFormat.of().formatHex(Secrets.hash(secret));
    }
}
