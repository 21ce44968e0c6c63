package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SecretFilesTest {

    private static final String PASSWORD = "spring.datasource.password";

    @TempDir
    private Path folder;
    private final ConfigurableEnvironment environment = new StandardEnvironment();

    private static List<String> settings() {
        return SecretFiles.SETTINGS;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void every_secret_setting_may_come_from_a_file(String setting) throws IOException {
        set(Map.of(setting + "-file", file("top secret\n")));

        SecretFiles.readInto(environment);

        assertThat(environment.getProperty(setting)).isEqualTo("top secret");
    }

    @Test
    void the_file_may_be_named_by_a_variable() throws IOException {
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("variables",
                Map.of("SPRING_DATASOURCE_PASSWORD_FILE", file("top secret"))));

        SecretFiles.readInto(environment);

        assertThat(environment.getProperty(PASSWORD)).isEqualTo("top secret");
    }

    @Test
    void a_file_outranks_a_default_but_not_what_somebody_set() throws IOException {
        set(Map.of(PASSWORD + "-file", file("top secret")));
        environment.getPropertySources()
                .addLast(new MapPropertySource("defaultProperties", Map.of(PASSWORD, "made up")));
        SecretFiles.readInto(environment);
        SecretFiles.readInto(environment);
        assertThat(environment.getProperty(PASSWORD)).isEqualTo("top secret");

        environment.getPropertySources().addLast(new SystemEnvironmentPropertySource("variables",
                Map.of("SPRING_DATASOURCE_PASSWORD", "another")));
        assertThatThrownBy(() -> SecretFiles.readInto(environment))
                .hasMessage("set " + PASSWORD + " or " + PASSWORD + "-file, not both");
    }

    @Test
    void a_file_that_is_missing_or_empty_ends_the_start_with_the_settings_name() throws IOException {
        set(Map.of(PASSWORD + "-file", folder.resolve("none").toString()));
        assertThatThrownBy(() -> SecretFiles.readInto(environment)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(PASSWORD + "-file").hasMessageContaining("cannot be read");

        set(Map.of(PASSWORD + "-file", file("\n")));
        assertThatThrownBy(() -> SecretFiles.readInto(environment)).hasMessageContaining("is empty");
    }

    @Test
    void names_the_secrets_that_came_as_arguments() {
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource("--launch.webhook.secret=abc",
                "--spring.datasource.password-file=/x", "--spring.datasource.url=jdbc:postgresql://h/x?password=abc"));

        assertThat(SecretFiles.inArguments(environment, List.of("-Xmx1g", "-Dlaunch.credentials.key=abc")))
                .containsExactlyInAnyOrder("launch.webhook.secret", "launch.credentials.key", "spring.datasource.url");
    }

    @Test
    void has_nothing_to_say_of_an_address_without_a_password_or_of_variables() {
        environment.getPropertySources().addFirst(
                new SimpleCommandLinePropertySource("--spring.datasource.url=jdbc:postgresql://h/x?user=abc"));
        set(Map.of("launch.webhook.secret", "abc"));

        assertThat(SecretFiles.inArguments(environment, List.of())).isEmpty();
    }

    private void set(Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource("set", properties));
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("secret"), content).toString();
    }
}
