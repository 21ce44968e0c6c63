package io.campaignlauncher.market.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** What must hold of the tables at any time. @param meaning one sentence @param query finds the rows that break it */
record Invariant(String name, String meaning, String query) {

    private static final Pattern FORM = Pattern.compile("^-- (I[0-9]+[a-z]?): ([^\n]+)\n([^;]+);", Pattern.MULTILINE);

    static final List<Invariant> ALL = read();

    private static List<Invariant> read() {
        try (var file = Objects.requireNonNull(Invariant.class.getResourceAsStream("invariants.sql"))) {
            return FORM.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8)).results()
                    .map(found -> new Invariant(found.group(1), found.group(2), found.group(3).strip())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the invariants are part of this library", e);
        }
    }
}
