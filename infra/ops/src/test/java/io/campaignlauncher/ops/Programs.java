package io.campaignlauncher.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The programs of the house: the modules that become images. */
final class Programs {

    static final Path HOUSE = Path.of("../..");
    /** They answer over HTTP; the others are workers, and serve their health. */
    static final Set<String> WITH_HTTP = Set.of("job-service", "identity-service", "moderation-service", "console");
    /** Not run beside the services: all of them in one, and a command. */
    private static final Set<String> ALONE = Set.of("standalone", "tools");

    private Programs() {}

    /** By their artifacts' names. */
    static Set<String> images() throws IOException {
        var found = new TreeSet<String>();
        try (var poms = Files.walk(HOUSE, 3)) {
            for (var pom : poms.filter(file -> file.endsWith("pom.xml")).toList()) {
                if (Files.readString(pom).contains("<jib.skip>false</jib.skip>")) {
                    found.add(pom.getParent().getFileName().toString());
                }
            }
        }
        return found;
    }

    static Set<String> services() throws IOException {
        var found = new TreeSet<>(images());
        found.removeAll(ALONE);
        return found;
    }
}
