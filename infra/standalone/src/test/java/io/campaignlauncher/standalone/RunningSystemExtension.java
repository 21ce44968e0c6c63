package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one {@link RunningSystem} for all test classes of the JVM and ends it after the last. */
final class RunningSystemExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningSystem.class;
    }

    @Override
    public RunningSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return system(context);
    }

    /** Nothing goes wrong any more, and no record was given up that a test did not expect to be. */
    @Override
    public void afterEach(ExtensionContext context) {
        var system = system(context);
        system.simulator().faults().clear();
        var unexpected = system.published().deadLetters();
        unexpected.forEach(system.published()::takeAway);
        assertThat(unexpected).as("dead letters that nobody expected").isEmpty();
    }

    /** The tables are what a rebuild from the event store would make, whatever the tests of the class did. */
    @Override
    public void afterAll(ExtensionContext context) {
        await("the read model is what a rebuild would make").atMost(RunningSystem.PATIENCE)
                .untilAsserted(() -> assertThat(system(context).readModel().differences()).isEmpty());
    }

    private static RunningSystem system(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(RunningSystem.class, _ -> RunningSystem.start(), RunningSystem.class);
    }
}
