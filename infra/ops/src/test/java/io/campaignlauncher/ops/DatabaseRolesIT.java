package io.campaignlauncher.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.ServiceLogin;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What compose's PostgreSQL is made with gives the services what the embedded one gives them. */
class DatabaseRolesIT {

    private static final List<String> RIGHTS = List.of(
            "select rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolcanlogin"
                    + " from pg_roles where rolname like '%\\_service' order by 1",
            "select nspname, nspowner::regrole from pg_namespace"
                    + " where nspname in ('creator', 'identity', 'market', 'posting') order by 1",
            "select datdba::regrole, has_database_privilege('job_service', oid, 'create'),"
                    + " has_database_privilege('moderation_service', oid, 'create'),"
                    + " has_database_privilege('creator_service', oid, 'create')"
                    + " from pg_database where datname = current_database()");

    @Test
    void the_roles_may_do_what_those_of_the_embedded_database_may(@TempDir Path folder) throws Exception {
        var passwords = passwords(folder);
        try (var made = EmbeddedPostgres.builder().start();
                var embedded = EmbeddedDatabase.start(folder.resolve("embedded"))) {
            try (var connection = made.getPostgresDatabase().getConnection()) {
                run(connection, folder);
                var administrator = embedded.administrator();
                try (var other = DriverManager.getConnection(embedded.jdbcUrl(), administrator.username(),
                        administrator.password())) {
                    for (var right : RIGHTS) {
                        assertThat(rows(connection, right)).isEqualTo(rows(other, right)).isNotEmpty();
                    }
                }
                assertThat(rows(connection, "select rolname from pg_authid where rolpassword like 'SCRAM-SHA-256$%'"
                        + " and rolname like '%\\_service'")).hasSameSizeAs(passwords.keySet());
            }
        }
    }

    private static void run(Connection connection, Path folder) throws IOException, SQLException {
        var script = Files.readString(Path.of("compose/postgresql/roles.sql"));
        assertThat(script).contains("'/run/secrets/database.'");
        try (var statement = connection.createStatement()) {
            statement.execute(script.replace("/run/secrets/", folder + "/"));
        }
    }

    private static Map<String, String> passwords(Path folder) throws IOException {
        var made = new TreeMap<String, String>();
        for (var who : ServiceLogin.values()) {
            if (who.user().endsWith("_service") && who != ServiceLogin.VERIFIER_SERVICE) {
                made.put(who.user(), "password of " + who);
                Files.writeString(folder.resolve("database." + who.user()), made.get(who.user()) + "\n");
            }
        }
        return made;
    }

    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<List<String>>();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(rows.getString(column));
                }
                found.add(row);
            }
            return found;
        }
    }
}
