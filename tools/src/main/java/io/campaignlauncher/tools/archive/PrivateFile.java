package io.campaignlauncher.tools.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file of an export: people's names are in it, so that it is its owner's alone (0600) from its first moment on. */
public final class PrivateFile {

    private PrivateFile() {}

    /** Opened for writing. @throws java.nio.file.FileAlreadyExistsException where there is one of this name */
    public static FileChannel create(Path file) throws IOException {
        var knowsRights = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                knowsRights
                        ? new FileAttribute<?>[]{
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
                        : new FileAttribute<?>[0]);
    }
}
