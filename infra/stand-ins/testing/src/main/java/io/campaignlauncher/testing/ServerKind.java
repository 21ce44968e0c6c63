package io.campaignlauncher.testing;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/**
 * Where the servers of tests run: in containers where a Docker engine answers, else in this process. The system property
 * {@code launch.test.servers} overrides it: {@code auto} (the default), {@code docker} or {@code embedded}.
 */
enum ServerKind {

    DOCKER, EMBEDDED;

    static final String PROPERTY = "launch.test.servers";

    private static final Logger LOG = LoggerFactory.getLogger(ServerKind.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    /** @param reason why these servers and not the others, for the log */
    record Choice(ServerKind kind, String reason) {}

    /** The choice for this JVM; the first call logs it. */
    static ServerKind ofThisRun() {
        var choice = choose(System.getProperty(PROPERTY), DockerClientFactory.instance()::isDockerAvailable);
        if (SAID.compareAndSet(false, true)) {
            LOG.info("test servers: {}", choice.reason());
        }
        return choice.kind();
    }

    /**
     * @param wanted        the value of the property; null where it is not set
     * @param dockerAnswers asked only where the answer matters
     */
    static Choice choose(@Nullable String wanted, BooleanSupplier dockerAnswers) {
        return switch (wanted == null || wanted.isBlank() ? "auto" : wanted.strip()) {
            case "auto" -> dockerAnswers.getAsBoolean()
                    ? new Choice(DOCKER, "in containers, because a Docker engine answers")
                    : new Choice(EMBEDDED, "in this process, because no Docker engine answers");
            case "docker" -> {
                if (!dockerAnswers.getAsBoolean()) {
                    throw new IllegalStateException(
                            "no Docker engine answers, and -D" + PROPERTY + "=docker allows nothing else");
                }
                yield new Choice(DOCKER, "in containers, because -D" + PROPERTY + "=docker says so");
            }
            case "embedded" -> new Choice(EMBEDDED, "in this process, because -D" + PROPERTY + "=embedded says so");
            case String other -> throw new IllegalArgumentException(
                    "-D" + PROPERTY + " is auto, docker or embedded, not " + other);
        };
    }
}
