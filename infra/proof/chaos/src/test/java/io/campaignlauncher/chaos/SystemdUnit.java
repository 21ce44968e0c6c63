package io.campaignlauncher.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** What the unit of systemd starts a service with. */
record SystemdUnit(Path folder, List<String> lines) {

    private static final String FILE = "launch@.service";
    private static final String ETC = "/etc/launch/";
    private static final String ENVIRONMENT = "Environment=";
    private static final String CREDENTIAL = "LoadCredential=";
    private static final String START = "ExecStart=";

    /** @param folder of the units */
    static SystemdUnit read(Path folder) {
        try {
            return new SystemdUnit(folder, Files.readAllLines(folder.resolve(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of settings that is shipped with it. */
    Properties settings(String file) {
        try (var in = Files.newBufferedReader(folder.resolve("settings").resolve(file))) {
            var settings = new Properties();
            settings.load(in);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the command between java and the jar. */
    List<String> jvmOptions() {
        var command = List.of(of(START).findFirst().orElseThrow().split(" "));
        return command.subList(1, command.indexOf("-jar"));
    }

    /** @param etc in place of /etc/launch; credentials are read where they lie */
    Map<String, String> environment(String service, Path etc) {
        var environment = new LinkedHashMap<String, String>();
        of(ENVIRONMENT).forEach(line -> {
            var name = line.substring(0, line.indexOf('='));
            var value = line.substring(name.length() + 1);
            for (var credential : of(CREDENTIAL).toList()) {
                var parts = credential.split(":", 2);
                value = value.replace("%d/" + parts[0], parts[1]);
            }
            environment.put(name, value.replace("%i", service).replace(ETC, etc + "/"));
        });
        return environment;
    }

    private Stream<String> of(String key) {
        return lines.stream().filter(line -> line.startsWith(key)).map(line -> line.substring(key.length()));
    }
}
