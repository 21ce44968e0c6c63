package io.campaignlauncher.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What Linux tells of processes under {@code /proc}. */
public final class Proc {

    private static final Path ROOT = Path.of("/proc");
    private static final double TICKS_A_SECOND = 100;
    private static final int USER_TICKS = 11;
    /** Those of a process itself, and then of its children that ended and were waited for: each the user's and the kernel's. */
    private static final int OWN = 2;
    private static final int WITH_CHILDREN = 4;
    private static final int INODE = 9;

    private Proc() {}

    /** CPU seconds that a process has used so far, its own and the kernel's for it; 0 where it is gone. */
    static double cpuSeconds(long pid) {
        return seconds(pid, OWN);
    }

    /** The same of a process and everything that it started, also of what has ended since. */
    public static double cpuSecondsOfAll(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants()).mapToDouble(one -> seconds(one.pid(), WITH_CHILDREN))
                .sum();
    }

    private static double seconds(long pid, int figures) {
        try {
            var text = Files.readString(ROOT.resolve(pid + "/stat"));
            // The name before is in brackets and may hold blanks.
            var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return Stream.of(fields).skip(USER_TICKS).limit(figures).mapToLong(Long::parseLong).sum() / TICKS_A_SECOND;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Whether one of the process's connections begins at that port of this machine. */
    static boolean hasConnectionFrom(int port, long pid) {
        var socket = inode(port).map(inode -> "socket:[" + inode + "]");
        return socket.isPresent() && links(pid).contains(socket.get());
    }

    private static Optional<String> inode(int port) {
        var local = ":%04X".formatted(port);
        return List.of("net/tcp", "net/tcp6").stream().flatMap(file -> lines(ROOT.resolve(file)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > INODE && fields[1].endsWith(local))
                .map(fields -> fields[INODE]).filter(inode -> !inode.equals("0")).findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<String> links(long pid) {
        try (var open = Files.list(ROOT.resolve(pid + "/fd"))) {
            return open.map(Proc::target).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
