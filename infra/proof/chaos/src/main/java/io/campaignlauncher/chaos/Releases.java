package io.campaignlauncher.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.util.StringUtils;

/** A folder with the executable jars of a release, as {@code infra/proof/chaos/previous.sh} builds it. */
record Releases(Path folder) {

    /** What {@link RollMain} has to be told of this release. */
    List<String> arguments() throws IOException {
        var file = folder.resolve("arguments");
        return Files.exists(file) ? List.of(StringUtils.tokenizeToStringArray(Files.readString(file), " \n"))
                : List.of();
    }

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
