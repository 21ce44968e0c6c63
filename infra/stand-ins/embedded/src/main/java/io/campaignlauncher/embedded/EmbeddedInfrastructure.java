package io.campaignlauncher.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A Kafka broker and a PostgreSQL, started side by side and closed together. */
public record EmbeddedInfrastructure(EmbeddedKafkaBroker kafka, EmbeddedDatabase database) implements AutoCloseable {

    /** Starts both on temporary folders. */
    public static EmbeddedInfrastructure start() {
        return start(null, Duration.ZERO);
    }

    /**
     * @param dataFolder   holds a folder for each, kept at the end; null: temporary ones
     * @param exitPatience how long the end of the JVM waits for the owner to call {@link #close()} before it happens anyway
     */
    public static EmbeddedInfrastructure start(@Nullable Path dataFolder, Duration exitPatience) {
        var kafka = CompletableFuture.supplyAsync(
                () -> EmbeddedKafkaBroker.start(inside(dataFolder, "kafka"), exitPatience),
                EmbeddedInfrastructure::run);
        EmbeddedDatabase database;
        try {
            database = EmbeddedDatabase.start(inside(dataFolder, "postgres"), exitPatience);
        } catch (RuntimeException e) {
            kafka.handle((started, _) -> started).thenAccept(started -> {
                if (started != null) {
                    started.close();
                }
            }).join();
            throw e;
        }
        try {
            return new EmbeddedInfrastructure(kafka.join(), database);
        } catch (CompletionException e) {
            database.close();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        var kafkaCloses = CompletableFuture.runAsync(kafka::close, EmbeddedInfrastructure::run);
        try {
            database.close();
        } finally {
            kafkaCloses.join();
        }
    }

    private static @Nullable Path inside(@Nullable Path folder, String name) {
        return folder == null ? null : folder.resolve(name);
    }

    private static void run(Runnable task) {
        Thread.ofPlatform().name("embedded-infrastructure").start(task);
    }
}
