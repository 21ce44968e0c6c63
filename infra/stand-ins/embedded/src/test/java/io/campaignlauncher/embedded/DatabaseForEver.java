package io.campaignlauncher.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;

/** A program that starts a database, stores a row in it, says so with a file, and never ends by itself. */
final class DatabaseForEver {

    private DatabaseForEver() {}

    static Path ready(Path folder) {
        return folder.resolve("ready");
    }

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var database = EmbeddedDatabase.start(folder);
        try (var connection = DriverManager.getConnection(database.createDatabase("jobs"), database.username(),
                database.password()); var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE job (name text)");
            statement.execute("INSERT INTO job VALUES ('first')");
        }
        Files.createFile(ready(folder));
        Thread.currentThread().join();
    }
}
