package io.campaignlauncher.identity.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import reactor.core.publisher.Mono;

/**
 * Hashes passwords with Argon2id, away from the threads that serve HTTP: each hash takes 19 MiB and some ten milliseconds, so few are
 * made at a time, some wait, and more are refused at once.
 */
final class PasswordWork implements AutoCloseable {

    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    private final ThreadPoolExecutor threads;
    /** Of a password that nobody has: an unknown name costs the same work as a wrong password. */
    private final String nobodys;

    /**
     * @param atOnce  hashes made at a time
     * @param waiting hashes that wait for their turn, at most
     * @param meters  get {@code executor.*} of the name {@code passwords}
     */
    PasswordWork(int atOnce, int waiting, MeterRegistry meters) {
        threads = new ThreadPoolExecutor(atOnce, atOnce, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(waiting),
                Thread.ofPlatform().name("passwords-", 0).daemon().factory());
        new ExecutorServiceMetrics(threads, "passwords", Tags.empty()).bindTo(meters);
        nobodys = hashNow("nobody's");
    }

    String hashNow(String password) {
        var hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("no hash");
        }
        return hash;
    }

    Mono<String> hash(String password) {
        return work(() -> hashNow(password));
    }

    /** @param hash null: of nobody, and no password is right */
    Mono<Boolean> matches(String password, @Nullable String hash) {
        return work(() -> encoder.matches(password, hash == null ? nobodys : hash) && hash != null);
    }

    /** Whether a hash was made with lower costs than today's. */
    boolean isOld(String hash) {
        return encoder.upgradeEncoding(hash);
    }

    private <T> Mono<T> work(Supplier<T> work) {
        return Mono.fromFuture(() -> CompletableFuture.supplyAsync(work, threads))
                .onErrorMap(RejectedExecutionException.class,
                        _ -> Problem.unavailable("Too many log-ins at once; try again."));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
