package io.campaignlauncher.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is tried before it happens: each one a program that tells figures and ends with 0 where all came out as it should. */
enum Drill {
    /** To this release and back, one instance after the other, under load. */
    ROLL(RollMain.class),
    /** The database's machine is lost; the feed waits for the standby. */
    FAILOVER(LostPrimaryMain.class, "--waits=feed"),
    /** The same where nothing waits for the standby: the check has to find what was forgotten. */
    FAILOVER_UNGUARDED(LostPrimaryMain.class, "--waits=nothing"),
    /** The same as the first while posts of the marketplace go out. */
    FAILOVER_POSTS(LostPrimaryMain.class, "--waits=feed", "--under-way=posts"),
    /** The database's machine falls silent instead: connections stay, and nobody answers. */
    FAILOVER_SILENT(LostPrimaryMain.class, "--waits=feed", "--host=silent"),
    /** PostgreSQL put back to a time; then Kafka lost. */
    RECOVER(RecoveryMain.class),
    FACEBOOK(ServersAwayMain.class, "--only=facebook-refuses,facebook-silent", "--idle-seconds=15"),
    KAFKA(ServersAwayMain.class, "--only=kafka-refuses,kafka-silent", "--idle-seconds=15"),
    DATABASE(ServersAwayMain.class, "--only=postgresql-refuses,postgresql-silent", "--idle-seconds=15"),
    SERVICES(ServersAwayMain.class, "--only=feed-leader-killed,other-job-service-killed,creator-killed",
            "--idle-seconds=15"),
    /** The disks of PostgreSQL and Kafka, which have to be small ones of their own: {@code small-disks.sh}. */
    DISK(ServersAwayMain.class, "--only=postgresql-full,kafka-full", "--idle-seconds=15"),
    KEY(LeakedKeyMain.class);

    private final Class<?> program;
    private final List<String> arguments;

    Drill(Class<?> program, String... arguments) {
        this.program = program;
        this.arguments = List.of(arguments);
    }

    /** @param name as an operator writes it. @throws IllegalArgumentException that names those there are */
    static Drill of(String name) {
        return Arrays.stream(values()).filter(one -> one.toString().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no drill is called " + name + ", only "
                        + Arrays.stream(values()).map(Drill::toString).collect(Collectors.joining(", "))));
    }

    /**
     * Where drills find what they need.
     *
     * @param scripts  the folder of {@code previous.sh} and {@code small-disks.sh}
     * @param previous the release to roll from, as {@code previous.sh} has it
     * @param folder   for what is built or written
     */
    record Place(Path scripts, String previous, Path folder) {

        private List<String> script(String name, String... arguments) {
            var command = new ArrayList<>(List.of("sh", scripts.resolve(name).toString()));
            command.addAll(List.of(arguments));
            return command;
        }
    }

    /** Runs it to its end, in a process of its own; what it says goes where this one's does. @return whether all was well */
    boolean run(Place place, List<String> further) throws IOException, InterruptedException {
        return switch (this) {
            case ROLL -> {
                var previous = new Releases(place.folder().resolve("previous"));
                yield ends(place.script("previous.sh", place.previous(), previous.folder().toString()))
                        && ends(program(previous.arguments(), further, List.of("--previous=" + previous.folder())));
            }
            case DISK -> {
                var folder = Files.createTempDirectory(Files.createDirectories(place.folder()), "disk-").toString();
                var command = place.script("small-disks.sh", folder);
                command.addAll(program(further, List.of("--folder=" + folder)));
                yield ends(command);
            }
            default -> ends(program(further));
        };
    }

    @SafeVarargs
    private List<String> program(List<String>... further) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(arguments);
        for (var each : further) {
            command.addAll(each);
        }
        return command;
    }

    private static boolean ends(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).inheritIO().start();
        var atExit = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            return process.waitFor() == 0;
        } finally {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
