package io.campaignlauncher.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The disk of a server, if it has one of its own that is small enough to be filled ({@code small-disks.sh} makes some). */
final class SmallDisk {

    private static final long LARGEST = 4L << 30;
    private static final int PIECE = 1 << 20;

    private final Path folder;

    SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Whether the server has it for itself alone. */
    boolean isThere() {
        try {
            return Files.isDirectory(folder)
                    && !Files.getFileStore(folder).equals(Files.getFileStore(folder.toAbsolutePath().getParent()))
                    && Files.getFileStore(folder).getTotalSpace() <= LARGEST;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves no byte of it free. */
    void fill() {
        try (var file = FileChannel.open(filling(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int size = PIECE; size > 0; size /= 2) {
                fill(file, ByteBuffer.allocate(size));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(FileChannel file, ByteBuffer piece) {
        try {
            while (file.write(piece.clear()) > 0) {
                file.force(false);
            }
        } catch (IOException full) {
            // As it should be.
        }
    }

    void makeRoom() {
        try {
            Files.delete(filling());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filling() {
        return folder.resolve("filling");
    }
}
