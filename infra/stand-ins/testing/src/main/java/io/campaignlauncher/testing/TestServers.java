package io.campaignlauncher.testing;

import java.util.concurrent.CompletableFuture;

/** The shared broker and the shared database, started side by side. */
public record TestServers(TestBroker kafka, TestDatabase database) {

    /** Those for all tests of this JVM: closed by nobody. */
    public static TestServers shared() {
        var kafka = new CompletableFuture<TestBroker>();
        Thread.ofPlatform().name("test-broker").start(() -> {
            try {
                kafka.complete(TestBroker.shared());
            } catch (Throwable e) {
                kafka.completeExceptionally(e);
            }
        });
        var database = TestDatabase.shared();
        return new TestServers(kafka.join(), database);
    }
}
