package io.campaignlauncher.architecture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A change of a schema, and what in it would hurt while the release before is at work: what holds a lock for long, and what that
 * release still reads or does not write. A table that the same script makes is nobody's yet.
 */
record Migration(String sql) {

    private static final Pattern COMMENTS = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    /** Texts and bodies of functions: what is in them is no change of a table. */
    private static final Pattern QUOTED = Pattern.compile("(\\$\\w*\\$).*?\\1|'(?:[^']|'')*'", Pattern.DOTALL);
    private static final String NAME = "([\\w.\"]+)";
    private static final Pattern NEW_TABLE = Pattern.compile("create (?:unlogged )?table (?:if not exists )?" + NAME);
    private static final Pattern INDEX = Pattern
            .compile("create (?:unique )?index (concurrently )?(?:if not exists )?(?:[\\w\"]+ )?on (?:only )?" + NAME);
    private static final Pattern ALTER = Pattern.compile("alter table (?:if exists )?(?:only )?" + NAME + " (.*)");
    private static final Pattern RENAMED = Pattern.compile("alter table " + NAME + " rename to .*");
    private static final Pattern ADD_COLUMN = Pattern
            .compile(
                    "add (?:column )?(?:if not exists )?(?!constraint|check|primary|foreign|unique|exclude)[\\w\"]+ .*");
    private static final Pattern CHANGED_TYPE = Pattern.compile("alter (?:column )?[\\w\"]+ (?:set data )?type .*");
    private static final Pattern SET_NOT_NULL = Pattern.compile("alter (?:column )?([\\w\"]+) set not null");
    private static final Pattern DROP_COLUMN = Pattern
            .compile("drop (?:column )?(?!constraint|default|not null)[\\w\"]+.*");
    private static final Pattern ADD_CONSTRAINT = Pattern
            .compile("add (?:constraint [\\w\"]+ )?(?:check|foreign key|unique|primary key|exclude).*");

    /** A sentence for each thing that would hurt. */
    List<String> faults() {
        var statements = statements();
        var made = new HashSet<String>();
        statements.forEach(
                statement -> NEW_TABLE.matcher(statement).results().forEach(found -> made.add(found.group(1))));
        var faults = new ArrayList<String>();
        statements.forEach(statement -> {
            if (takesAway(statement, statements)) {
                faults.add("takes away what the release before still uses: " + statement);
            }
            judge(statement, made, statements, faults);
        });
        return faults;
    }

    private List<String> statements() {
        var plain = QUOTED.matcher(COMMENTS.matcher(sql).replaceAll(" ")).replaceAll("''");
        return Stream.of(plain.toLowerCase(Locale.ROOT).split(";")).map(one -> one.strip().replaceAll("\\s+", " "))
                .filter(one -> !one.isEmpty()).toList();
    }

    private boolean takesAway(String statement, List<String> all) {
        return statement.startsWith("drop table") || statement.startsWith("truncate")
                || statement.contains(" rename ") && !leavesAView(statement, all);
    }

    /** Of that name, which can be written to. The statement that makes it may be one that is put together. */
    private boolean leavesAView(String statement, List<String> all) {
        var renamed = RENAMED.matcher(statement);
        return renamed.matches() && sql.toLowerCase(Locale.ROOT).contains("create view " + renamed.group(1) + " as ")
                && all.stream().anyMatch(
                        one -> one.contains(" instead of insert or update or delete on " + renamed.group(1) + " "));
    }

    private static void judge(String statement, Set<String> made, List<String> all, List<String> faults) {
        if (statement.contains("lock_timeout")) {
            faults.add("sets its own lock_timeout, which db/limits does for all: " + statement);
        }
        var index = INDEX.matcher(statement);
        if (index.lookingAt() && index.group(1) == null && !made.contains(index.group(2))) {
            faults.add("holds up writers while the index is made; say concurrently: " + statement);
        }
        var alter = ALTER.matcher(statement);
        if (alter.matches() && !made.contains(alter.group(1))) {
            parts(alter.group(2)).forEach(part -> judgePart(part, statement, all, faults));
        }
    }

    private static void judgePart(String part, String statement, List<String> all, List<String> faults) {
        if (ADD_COLUMN.matcher(part).matches() && part.contains("not null") && !part.contains("default")
                && !part.contains("generated")) {
            faults.add("the release before writes no such column; give it a default: " + statement);
        }
        if (DROP_COLUMN.matcher(part).matches()) {
            faults.add("takes away what the release before still uses: " + statement);
        }
        if (CHANGED_TYPE.matcher(part).matches()) {
            faults.add("writes the whole table anew under a lock, and the release before knows another type: "
                    + statement);
        }
        var notNull = SET_NOT_NULL.matcher(part);
        if (notNull.matches() && all.stream().noneMatch(one -> one.contains("validate constraint"))) {
            faults.add("reads the whole table under a lock; validate a check of it before: " + statement);
        }
        if (ADD_CONSTRAINT.matcher(part).matches() && !part.contains("not valid") && !part.contains("using index")) {
            faults.add("reads the whole table under a lock; say not valid, and validate it in a script of its own: "
                    + statement);
        }
    }

    /** Of an {@code alter table}: at commas that are not within brackets. */
    private static List<String> parts(String actions) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < actions.length(); i++) {
            switch (actions.charAt(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        parts.add(actions.substring(from, i).strip());
                        from = i + 1;
                    }
                }
                default -> {
                }
            }
        }
        parts.add(actions.substring(from).strip());
        return parts;
    }
}
