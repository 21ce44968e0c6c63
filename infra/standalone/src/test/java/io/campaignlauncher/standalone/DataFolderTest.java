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
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var folder = DataFolder.at(path)) {
            key = folder.credentialsKey();
            secret = folder.webhookSecret();
        }
        var putAside = Files.writeString(path.resolve("logs/launch.log.2026-01-01.0.gz"), "");
        Files.setPosixFilePermissions(putAside, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
        Files.setPosixFilePermissions(path.resolve("credentials.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(Base64.getDecoder().decode(secret)).hasSize(32).isNotEqualTo(Base64.getDecoder().decode(key));
        try (var folder = DataFolder.at(path)) {
            assertThat(folder.credentialsKey()).isEqualTo(key);
            assertThat(folder.webhookSecret()).isEqualTo(secret);
        }
        try (var files = Files.walk(path)) {
            assertThat(files).hasSize(6).allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void a_temporary_folder_goes_away_with_the_process() throws Exception {
        try (var folder = DataFolder.temporary(path)) {
            folder.credentialsKey();
            assertThat(folder.path()).isNotEmptyDirectory();
        }
        assertThat(path).isEmptyDirectory();
    }

    @Test
    void what_a_killed_process_left_goes_away_with_the_next_start_and_nothing_else() throws Exception {
        var somebodyElses = Files.createDirectory(path.resolve("campaign-launcher-notes"));
        var process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), Holder.class.getName(), path.toString()).start();
        try (var mine = DataFolder.temporary(path)) {
            var its = Path.of(process.inputReader().readLine());
            Files.createDirectories(its.resolve("kafka/data"));
            try (var another = DataFolder.temporary(path)) {
                assertThat(path).isDirectoryContaining(its::equals).isDirectoryContaining(mine.path()::equals);
            }

            process.destroyForcibly().waitFor();

            try (var another = DataFolder.temporary(path); var left = Files.list(path)) {
                assertThat(left).containsExactlyInAnyOrder(somebodyElses, mine.path(), another.path());
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Has a folder until it is killed. */
    static final class Holder {

        public static void main(String[] parent) throws Exception {
            System.out.println(DataFolder.temporary(Path.of(parent[0])).path());
            System.in.read();
        }
    }
}
