package io.campaignlauncher.tools;

import io.campaignlauncher.tools.events.OperationRefused;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What the commands find where they are started: environment variables, and whether a person is watching. */
record Environment(Map<String, String> environment, boolean terminal) {

    static Environment ofThisProcess() {
        var console = System.console();
        return new Environment(System.getenv(), console != null && console.isTerminal());
    }

    static Environment of(CommandSpec spec) {
        return ((Tools) spec.root().userObject()).surroundings();
    }

    /** Null where it is not set, or to nothing. */
    @Nullable
    String variable(String name) {
        var value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** A secret: only its name is ever shown. */
    String secret(String name) {
        var value = variable(name);
        if (value == null) {
            throw new OperationRefused("the environment variable " + name + " is not set");
        }
        return value;
    }

    /** So that no secret shows up anywhere. */
    @Override
    public String toString() {
        return "Environment[terminal=" + terminal + "]";
    }
}
