package io.campaignlauncher.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Looks through everything that the running system keeps or shows for values that must not be there. */
final class LeakScanner {

    private static final int AROUND = 60;

    private final RunningSystem system;
    private final List<Shape> shapes;

    private record Shape(String what, String text) {}

    LeakScanner(RunningSystem system, Collection<Planted> wanted) {
        this.system = system;
        this.shapes = wanted.stream()
                .flatMap(planted -> planted.shapes().stream().map(shape -> new Shape(planted.what(), shape))).toList();
    }

    /** A value where it must not be. */
    record Leak(String where, String what, String around) {}

    /** In any text. */
    Optional<Leak> in(String where, String text) {
        for (var shape : shapes) {
            int at = text.indexOf(shape.text());
            if (at >= 0) {
                return Optional.of(new Leak(where, shape.what(),
                        text.substring(Math.max(0, at - AROUND), Math.min(text.length(), at + AROUND))));
            }
        }
        return Optional.empty();
    }

    /** Keys, headers and values of every topic. */
    List<Leak> inTopics(Predicate<ConsumerRecord<?, ?>> which) {
        return AllRecords.of(system).stream().filter(which).flatMap(record -> {
            var where = record.topic() + "-" + record.partition() + "@" + record.offset();
            var headers = new ArrayList<Optional<Leak>>();
            record.headers().forEach(header -> headers.add(in(where + " header " + header.key(),
                    header.key() + "=" + AllRecords.text(header.value()))));
            return Stream.concat(headers.stream(), Stream.of(in(where + " key", AllRecords.text(record.key())),
                    in(where + " value", AllRecords.text(record.value()))));
        }).flatMap(Optional::stream).toList();
    }

    /** Every column of every row of every table. */
    List<Leak> inTables() {
        var tables = system.sqlOfAdministrator().sql("""
                select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables
                where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'
                """).query(String.class).list();
        return tables.stream().flatMap(table -> inTable(table).stream()).toList();
    }

    private List<Leak> inTable(String table) {
        var found = new ArrayList<Leak>();
        system.sqlOfAdministrator().sql("select * from " + table).query(row -> {
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                var value = row.getObject(column);
                var text = value instanceof byte[] bytes ? AllRecords.text(bytes) : String.valueOf(value);
                in(table + "." + row.getMetaData().getColumnName(column), text).ifPresent(found::add);
            }
        });
        return found;
    }

    /** The metrics page. */
    List<Leak> inMetrics() {
        return in("metrics", shown("/actuator/prometheus")).stream().toList();
    }

    /** What the HTTP API shows at an address, whatever it is. */
    List<Leak> inAnswer(String path) {
        return in("GET " + path, shown(path)).stream().toList();
    }

    private String shown(String path) {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create(system.standalone().api() + path)).build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<Leak> inThreadNames() {
        return Thread.getAllStackTraces().keySet().stream().map(thread -> in("thread name", thread.getName()))
                .flatMap(Optional::stream).toList();
    }
}
