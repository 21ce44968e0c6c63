package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system keeps of its own. */
class DataFolderTest {

    @TempDir
    private Path path;

    @Test
    void makes_its_secrets_once_and_for_its_owner_alone() throws Exception {
        String key;
        String secret;
        try (var folder = DataFolder.at(path)) {
            key = folder.credentialsKey();
            secret = folder.webhookSecret();
        }
        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
        assertThat(Base64.getDecoder().decode(secret)).hasSize(32).isNotEqualTo(Base64.getDecoder().decode(key));
        try (var folder = DataFolder.at(path)) {
            assertThat(folder.credentialsKey()).isEqualTo(key);
            assertThat(folder.webhookSecret()).isEqualTo(secret);
        }
        try (var files = Files.list(path)) {
            assertThat(files).hasSize(2).allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------"));
        }
    }
}
