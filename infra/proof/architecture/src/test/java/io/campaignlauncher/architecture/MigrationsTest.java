package io.campaignlauncher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scripts of released schemas stay as they are, and new ones can run while the release before is at work. {@code
 * -Dmigrations.release=true} takes down what there is as released.
 */
class MigrationsTest {

    private static final Path HOUSE = Path.of("../../..");
    private static final Path RELEASED = Path.of("src/test/resources/migrations.txt");
    private static final String LIMITS = "classpath:db/limits";

    @Test
    void what_was_released_is_as_it_was() throws IOException {
        var scripts = scripts();
        if (Boolean.getBoolean("migrations.release")) {
            Files.write(RELEASED, scripts.entrySet().stream().map(one -> one.getValue() + " " + one.getKey()).toList());
        }
        assertThat(scripts.entrySet().stream().map(one -> one.getValue() + " " + one.getKey()).toList())
                .as("a script that ran somewhere never runs again: write a new one").containsAll(released());
    }

    @Test
    void what_is_new_can_run_while_the_release_before_is_at_work() throws IOException {
        var released = released().stream().map(line -> line.split(" ")[1]).toList();
        var faults = new ArrayList<String>();
        for (var script : scripts().keySet()) {
            if (!released.contains(script)) {
                new Migration(Files.readString(HOUSE.resolve(script))).faults()
                        .forEach(fault -> faults.add(script + " " + fault));
            }
        }
        assertThat(faults).isEmpty();
    }

    /** Where a service says which scripts are its own. */
    @Test
    void no_script_runs_without_a_limit_for_its_locks() throws IOException {
        try (var files = Files.walk(HOUSE)) {
            var without = new ArrayList<Path>();
            var with = 0;
            for (var file : files.filter(path -> path.toString().contains("src/main/java")
                    && path.toString().endsWith(".java") && !path.toString().contains("infra")).toList()) {
                var text = Files.readString(file);
                if (text.contains("\"classpath:db/")) {
                    if (text.contains(LIMITS)) {
                        with++;
                    } else {
                        without.add(file);
                    }
                }
            }
            assertThat(without).isEmpty();
            assertThat(with).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            create index i on jobs (a)                                       | concurrently
            create unique index if not exists i on only s.jobs (a)           | concurrently
            alter table jobs add column a int not null                       | default
            alter table jobs add b text, add column if not exists a int not null | default
            alter table jobs drop column a                                   | takes away
            alter table jobs drop a                                          | takes away
            alter table jobs rename column a to b                            | takes away
            alter table jobs rename to works                                 | takes away
            alter table jobs rename to works; create view jobs as select 1   | takes away
            drop table jobs                                                  | takes away
            alter table jobs alter column a type bigint                      | type
            alter table jobs alter a set data type bigint                    | type
            alter table jobs alter column a set not null                     | validate
            alter table jobs add constraint c check (a > 0)                  | not valid
            alter table jobs add foreign key (a) references b                | not valid
            set lock_timeout = '1h'                                          | lock_timeout
            """)
    void what_would_hurt_is_found(String sql, String said) {
        assertThat(new Migration("-- harmless; drop table x\n" + sql + ";").faults()).singleElement().asString()
                .contains(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "create table t (a int not null); create index i on t (a); alter table t add column b int not null;",
        "create index concurrently if not exists i on jobs (a);",
        "alter table jobs add column a int, add column b numeric(10, 2) not null default 0;",
        "alter table jobs add constraint c check (a is not null) not valid;",
        "alter table jobs validate constraint c; alter table jobs alter column a set not null;",
        "alter table jobs alter column a drop not null, alter column b set default 1, drop constraint c;",
        "create function f() returns trigger language plpgsql as $$ begin drop table x; end $$;",
        "alter table jobs rename to works; create view jobs as select * from works; create trigger t"
                + " instead of insert or update or delete on jobs for each row execute function f();",
        "comment on column jobs.a is 'we drop table here; not null';",
        "grant select on jobs to other; insert into settings values ('rename this');" })
    void what_does_no_harm_is_let_be(String sql) {
        assertThat(new Migration(sql).faults()).isEmpty();
    }

    private static List<String> released() throws IOException {
        return Files.readAllLines(RELEASED);
    }

    /** Each with the hash of what it says. */
    private static SortedMap<String, String> scripts() throws IOException {
        var scripts = new TreeMap<String, String>();
        try (var files = Files.walk(HOUSE)) {
            for (var file : files.filter(path -> path.toString().matches(".*/src/main/resources/db/.*/V[^/]*\\.sql"))
                    .toList()) {
                scripts.put(HOUSE.relativize(file).toString().replace('\\', '/'), hash(Files.readAllBytes(file)));
            }
        }
        return scripts;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
