package io.campaignlauncher.messaging;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets every secret setting come from a file: {@code spring.datasource.password-file=/run/secrets/db} stands for the password that is
 * in there. Warns of a secret that came as an argument of the command, where every user of the machine can read it.
 */
public final class SecretFiles implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Settings whose value is a secret. */
    public static final List<String> SETTINGS = Stream.concat(
            Stream.of("launch.credentials.key", "launch.credentials.app-token", "launch.webhook.secret",
                    "spring.datasource.password", "telegram.token",
                    "standalone.access-token"),
            Stream.of("kafka.properties.", "spring.kafka.properties.").flatMap(prefix -> Stream
                    .of("sasl.jaas.config", "ssl.key.password", "ssl.keystore.password", "ssl.truststore.password",
                            "ssl.keystore.key")
                    .map(prefix::concat)))
            .toList();

    private static final Logger LOG = LoggerFactory.getLogger(SecretFiles.class);
    private static final String FILE = "-file";
    private static final String SOURCE = "secretFiles";
    private static final long BYTES_MAX = 64 * 1024;
    /** They are what a setting counts for where nobody sets it; and the view that Spring Boot puts over all others. */
    private static final Set<String> NOT_SET_BY_ANYBODY = Set.of("defaultProperties", "configurationProperties");
    private static final String DATABASE = "spring.datasource.url";
    /** Several services of a process read the same command. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    /** @throws IllegalStateException naming the setting whose file cannot be read, or that is set twice */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        readInto(context.getEnvironment());
        inArguments(context.getEnvironment(), ManagementFactory.getRuntimeMXBean().getInputArguments())
                .filter(WARNED::add)
                .forEach(setting -> LOG.warn(
                        "{} came as an argument of the command, which others on this machine can read: give it in a file ({}) or as a variable",
                        setting, setting.equals(DATABASE) ? "spring.datasource.password" + FILE : setting + FILE));
    }

    /** Sets what is in the files. @throws IllegalStateException as above */
    public static void readInto(ConfigurableEnvironment environment) {
        var read = new HashMap<String, Object>();
        for (var setting : SETTINGS) {
            var file = environment.getProperty(setting + FILE, "");
            if (!file.isBlank()) {
                if (isSet(environment, setting)) {
                    throw new IllegalStateException("set " + setting + " or " + setting + FILE + ", not both");
                }
                read.put(setting, content(setting + FILE, file.strip()));
            }
        }
        environment.getPropertySources().remove(SOURCE);
        if (!read.isEmpty()) {
            environment.getPropertySources().addFirst(new MapPropertySource(SOURCE, read));
        }
    }

    private static boolean isSet(ConfigurableEnvironment environment, String setting) {
        return environment.getPropertySources().stream()
                .filter(source -> !NOT_SET_BY_ANYBODY.contains(source.getName()) && !SOURCE.equals(source.getName()))
                .anyMatch(source -> source.getProperty(setting) != null);
    }

    /** Without the line break at its end, which most editors put there. */
    private static String content(String setting, String file) {
        try {
            var path = Path.of(file);
            if (Files.size(path) > BYTES_MAX) {
                throw new IllegalStateException(setting + ": " + file + " has more than " + BYTES_MAX + " bytes");
            }
            var content = Files.readString(path, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
            if (content.isBlank()) {
                throw new IllegalStateException(setting + ": " + file + " is empty");
            }
            return content;
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    setting + ": " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** @param virtualMachine arguments of the Java machine */
    static Stream<String> inArguments(ConfigurableEnvironment environment, List<String> virtualMachine) {
        var commandLine = environment.getPropertySources()
                .get(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME);
        return Stream.concat(SETTINGS.stream(), Stream.of(DATABASE))
                .filter(setting -> isSecret(setting,
                        commandLine == null ? null : commandLine.getProperty(setting))
                        || virtualMachine.stream().anyMatch(argument -> argument.startsWith("-D" + setting + "=")
                                && isSecret(setting, argument)));
    }

    private static boolean isSecret(String setting, @Nullable Object value) {
        return value != null && (!setting.equals(DATABASE) || value.toString().contains("password="));
    }
}
