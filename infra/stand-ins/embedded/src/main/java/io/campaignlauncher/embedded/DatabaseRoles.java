package io.campaignlauncher.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.util.PasswordUtil;

/**
 * The roles of the services in an embedded PostgreSQL, and what is theirs. None is a superuser. Each step may be done again and
 * again, and what was half done is done at the next start.
 */
final class DatabaseRoles {

    /** Who has something to do in the database. The first owns it, and what no other one owns. */
    static final List<ServiceLogin> ALL = List.of(ServiceLogin.JOB_SERVICE, ServiceLogin.CREATOR_SERVICE,
            ServiceLogin.ROLLBACK_SERVICE, ServiceLogin.IDENTITY_SERVICE, ServiceLogin.MODERATION_SERVICE,
            ServiceLogin.POSTING_SERVICE);
    static final ServiceLogin OWNER = ServiceLogin.JOB_SERVICE;
    /** The one that is always there, and that the services use unless they are told of another. */
    static final String DEFAULT_DATABASE = "postgres";

    /** Schemas that are another's than the owner's. */
    private static final Map<String, ServiceLogin> SCHEMAS = new TreeMap<>(Map.of("creator",
            ServiceLogin.CREATOR_SERVICE, "identity", ServiceLogin.IDENTITY_SERVICE, "market",
            ServiceLogin.MODERATION_SERVICE, "posting", ServiceLogin.POSTING_SERVICE));
    /** They read their change feeds from replication slots. */
    private static final Set<ServiceLogin> REPLICATING = Set.of(OWNER, ServiceLogin.MODERATION_SERVICE);

    private static final String OF_THE_ADMINISTRATOR = "SELECT datname FROM pg_database"
            + " WHERE datallowconn AND NOT datistemplate AND datdba = (SELECT oid FROM pg_roles WHERE rolname = current_user)";
    /** Statements that hand over what the administrator owns in the database; the sequence of a column goes with its table. */
    private static final String HAND_OVER = """
            WITH own AS (SELECT oid FROM pg_roles WHERE rolname = current_user),
                 space AS (
                    SELECT oid, nspname, nspowner,
                           CASE nspname %s ELSE '%s' END AS heir
                    FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
            SELECT format('ALTER SCHEMA %%I OWNER TO %%I', nspname, heir)
            FROM space WHERE nspowner = (TABLE own)
            UNION ALL
            SELECT format('ALTER %%s %%I.%%I OWNER TO %%I',
                          CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                                         WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
                          nspname, c.relname, heir)
            FROM pg_class c JOIN space ON space.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relowner = (TABLE own)
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                              AND d.deptype IN ('a', 'i') AND c.relkind = 'S')
            UNION ALL
            SELECT format('ALTER ROUTINE %%I.%%I(%%s) OWNER TO %%I', nspname, proname,
                          pg_get_function_identity_arguments(p.oid), heir)
            FROM pg_proc p JOIN space ON space.oid = p.pronamespace WHERE p.proowner = (TABLE own)
            UNION ALL
            SELECT format('ALTER TYPE %%I.%%I OWNER TO %%I', nspname, typname, heir)
            FROM pg_type t JOIN space ON space.oid = t.typnamespace
            WHERE t.typowner = (TABLE own) AND t.typtype IN ('e', 'd', 'r')
            UNION ALL
            SELECT format('ALTER PUBLICATION %%I OWNER TO %%I', pubname, '%s')
            FROM pg_publication WHERE pubowner = (TABLE own)
            """.formatted(SCHEMAS.entrySet().stream()
            .map(one -> "WHEN '" + one.getKey() + "' THEN '" + one.getValue().user() + "'")
            .collect(Collectors.joining(" ")), OWNER.user(), OWNER.user());

    private final Login administrator;
    private final Function<String, String> jdbcUrl;
    private final Passwords passwords;

    /** @param jdbcUrl of a database by its name */
    DatabaseRoles(Login administrator, Function<String, String> jdbcUrl, Passwords passwords) {
        this.administrator = administrator;
        this.jdbcUrl = jdbcUrl;
        this.passwords = passwords;
    }

    /** How it logs in. */
    static Login login(ServiceLogin who, Passwords passwords) {
        return new Login(who.user(), passwords.of(who.user()));
    }

    /** Gives the administrator, who got in without one, the password that is kept for it. */
    void secureAdministrator() throws SQLException {
        try (var connection = connect(DEFAULT_DATABASE)) {
            execute(connection, "ALTER ROLE " + administrator.username() + " PASSWORD " + verifier(administrator));
        }
    }

    /** Makes the roles, and hands them what was the administrator's. */
    void prepare() throws SQLException {
        try (var connection = connect(DEFAULT_DATABASE)) {
            for (var role : ALL) {
                prepareRole(connection, role);
            }
            for (var database : query(connection, OF_THE_ADMINISTRATOR)) {
                handOver(database);
            }
        }
    }

    /** Owned by the role that owns everything; whoever made it last time may make it again. */
    void createDatabase(String name) throws SQLException {
        try (var connection = connect(DEFAULT_DATABASE)) {
            execute(connection, "CREATE DATABASE " + name + " OWNER " + OWNER.user());
            letPublish(connection, name);
        }
    }

    /** Whoever has a change feed makes its publication. */
    private static void letPublish(Connection connection, String database) throws SQLException {
        for (var who : REPLICATING) {
            execute(connection, "GRANT CREATE ON DATABASE " + quoted(connection, database) + " TO " + who.user());
        }
    }

    private void prepareRole(Connection connection, ServiceLogin who) throws SQLException {
        var name = who.user();
        if (query(connection, "SELECT rolname FROM pg_roles WHERE rolname = '" + name + "'").isEmpty()) {
            execute(connection, "CREATE ROLE " + name);
        }
        execute(connection, "ALTER ROLE " + name + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS "
                + (REPLICATING.contains(who) ? "REPLICATION" : "NOREPLICATION") + " PASSWORD "
                + verifier(login(who, passwords)));
    }

    /** All of a database or nothing: the next start finds it still to do. */
    private void handOver(String database) throws SQLException {
        try (var connection = connect(database)) {
            connection.setAutoCommit(false);
            for (var statement : query(connection, HAND_OVER)) {
                execute(connection, statement);
            }
            if (database.equals(DEFAULT_DATABASE)) {
                for (var schema : SCHEMAS.entrySet()) {
                    execute(connection, "CREATE SCHEMA IF NOT EXISTS " + schema.getKey() + " AUTHORIZATION "
                            + schema.getValue().user());
                }
            }
            execute(connection, "ALTER DATABASE " + quoted(connection, database) + " OWNER TO " + OWNER.user());
            letPublish(connection, database);
            connection.commit();
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl.apply(database), administrator.username(), administrator.password());
    }

    private static String quoted(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.enquoteIdentifier(name, true);
        }
    }

    /** What PostgreSQL keeps instead of a password; made here, so that the password itself is in no statement. */
    private static String verifier(Login login) throws SQLException {
        return "'" + PasswordUtil.encodePassword(login.username(), login.password().toCharArray(),
                DatabaseAccess.METHOD) + "'";
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
