package io.campaignlauncher.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Folders and files for their owner alone (0700, 0600), from their first moment on; older ones are brought up to that. Where a
 * file system knows no such rights, they are made as it makes them.
 */
public final class PrivateFiles {

    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OF_A_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OF_A_FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** Makes the folder where it is missing, and takes the rights of others away where it is there. */
    public static Path folder(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(OF_A_FOLDER));
        tighten(folder, OF_A_FOLDER);
        return folder;
    }

    /** Takes the rights of others away from a file that is there. */
    public static void tighten(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            tighten(file, OF_A_FILE);
        }
    }

    /** Writes it anew, whole: whenever this process ends, the file is as it was or as it should be. */
    public static void write(Path file, String content) throws IOException {
        var made = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + "-", ".new",
                attributes(OF_A_FILE));
        try {
            try (var channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** Opened for writing, made where it is missing; what is in it stays. */
    static FileChannel channel(Path file) throws IOException {
        var channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                attributes(OF_A_FILE));
        tighten(file);
        return channel;
    }

    private static void tighten(Path path, Set<PosixFilePermission> rights) throws IOException {
        if (POSIX && !Files.getPosixFilePermissions(path).equals(rights)) {
            Files.setPosixFilePermissions(path, rights);
        }
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> rights) {
        return POSIX ? new FileAttribute<?>[]{ PosixFilePermissions.asFileAttribute(rights) }
                : new FileAttribute<?>[0];
    }
}
