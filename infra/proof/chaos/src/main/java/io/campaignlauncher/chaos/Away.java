package io.campaignlauncher.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What may be away, and how it goes and comes back. */
final class Away {

    private final Fleet fleet;
    private final Line facebook;
    private final Receiver receiver;
    /** In the order in which they are tried. */
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private String struck = "";

    /** @param server whether it is a server that all wait for; else one of the services, whose work others take over */
    record Case(String name, boolean server, Runnable goes, Runnable comesBack) {}

    Away(Fleet fleet, Line facebook, Receiver receiver) {
        this.fleet = fleet;
        this.facebook = facebook;
        this.receiver = receiver;
        server("kafka-refuses", () -> fleet.kill(Fleet.KAFKA), () -> fleet.giveBack(Fleet.KAFKA));
        server("kafka-silent", () -> fleet.program(Fleet.KAFKA).freeze(), () -> fleet.program(Fleet.KAFKA).wake());
        server("postgresql-refuses", this::endPostgres, () -> fleet.giveBack(Fleet.POSTGRESQL));
        server("postgresql-silent", () -> signalPostgres("STOP"), () -> signalPostgres("CONT"));
        full(Fleet.POSTGRESQL, this::endPostgres);
        full(Fleet.KAFKA, () -> fleet.kill(Fleet.KAFKA));
        server("facebook-refuses", facebook::refuse, facebook::mend);
        server("facebook-silent", facebook::fallSilent, facebook::mend);
        server("webhook-refuses", receiver::goAway, receiver::comeBack);
        service("feed-leader-killed", this::feedLeader);
        service("other-job-service-killed", this::standby);
        service("creator-killed", Fleet.CREATORS::getFirst);
    }

    Iterable<Case> cases() {
        return cases.values();
    }

    /** The service that is away; empty where it is a server. */
    String struck() {
        return struck;
    }

    private void server(String name, Runnable goes, Runnable comesBack) {
        cases.put(name, new Case(name, true, goes, comesBack));
    }

    /** Whatever a server does when its disk is full; whoever makes room starts it anew. */
    private void full(String name, Runnable ends) {
        var disk = new SmallDisk(fleet.folder().resolve(name));
        if (disk.isThere()) {
            server(name + "-full", disk::fill, () -> {
                disk.makeRoom();
                ends.run();
                fleet.giveBack(name);
            });
        }
    }

    private void service(String name, Supplier<String> which) {
        cases.put(name, new Case(name, false, () -> {
            struck = which.get();
            fleet.kill(struck);
        }, () -> {
            fleet.startAgain(struck);
            struck = "";
        }));
    }

    /** Which job-service's connection reads the replication slot. */
    String feedLeader() {
        var port = JdbcClient.create(fleet.database()).sql("""
                select client_port from pg_stat_activity where pid =
                    (select active_pid from pg_replication_slots where active limit 1)""").query(Integer.class)
                .single();
        return Fleet.JOB_SERVICES.stream().filter(name -> Proc.hasConnectionFrom(port, fleet.program(name).pid()))
                .findFirst().orElseThrow();
    }

    private String standby() {
        var leader = feedLeader();
        return Fleet.JOB_SERVICES.stream().filter(name -> !name.equals(leader)).findFirst().orElseThrow();
    }

    /** Its processes end a moment after the one that started them. */
    private void endPostgres() {
        var processes = postgres();
        fleet.kill(Fleet.POSTGRESQL);
        processes.forEach(process -> process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    private void signalPostgres(String signal) {
        postgres().forEach(process -> {
            try {
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The server process, which runs apart from whoever started it, and one for each connection. */
    private List<ProcessHandle> postgres() {
        try {
            var file = fleet.folder().resolve(Fleet.POSTGRESQL).resolve("data/postmaster.pid");
            var server = Files.exists(file)
                    ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                    : Optional.<ProcessHandle>empty();
            return server.stream().flatMap(one -> Stream.concat(Stream.of(one), one.descendants())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
