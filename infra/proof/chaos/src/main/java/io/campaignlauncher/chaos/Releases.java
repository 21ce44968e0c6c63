package io.campaignlauncher.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the executable jars of a release, as {@code infra/proof/chaos/previous.sh} builds it. */
record Releases(Path folder) {

    /** @throws IllegalStateException where there is none, or more than one */
    Path jar(String artifact) {
        try (var files = Files.newDirectoryStream(folder, artifact + "-*-exec.jar")) {
            var found = files.iterator();
            if (found.hasNext()) {
                var jar = found.next();
                if (!found.hasNext()) {
                    return jar.toAbsolutePath();
                }
            }
            throw new IllegalStateException("no single " + artifact + "-*-exec.jar in " + folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
