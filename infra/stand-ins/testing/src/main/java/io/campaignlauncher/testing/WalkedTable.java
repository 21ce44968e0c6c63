package io.campaignlauncher.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** A table of a page that a test makes and compares: one row a route, one column for each who asks. {@code -Daccess.page=write} writes it there. */
public final class WalkedTable {

    private static final String WRITE = "access.page";

    private final Path page;
    private final String begin;
    private final String end;
    private final StringBuilder table = new StringBuilder();

    /** @param name of the place in the page, which is a comment with {@code begin} and one with {@code end} */
    public WalkedTable(Path page, String name, Collection<String> everybody) {
        this.page = page;
        begin = "<!-- " + name + ": begin -->\n";
        end = "<!-- " + name + ": end -->";
        table.append("| route | ").append(String.join(" | ", everybody)).append(" |\n|---")
                .append("|---".repeat(everybody.size())).append("|\n");
    }

    /** @param answers one for each column */
    public void row(String method, String path, Collection<String> answers) {
        table.append("| `").append(method).append(' ').append(path).append("` | ")
                .append(String.join(" | ", answers)).append(" |\n");
    }

    public String made() {
        return table.toString();
    }

    /** What stands in the page now; where it is to be written, what was made. */
    public String written() {
        try {
            var text = Files.readString(page);
            int from = text.indexOf(begin) + begin.length();
            if ("write".equals(System.getProperty(WRITE))) {
                text = text.substring(0, from) + table + text.substring(text.indexOf(end));
                Files.writeString(page, text);
            }
            return text.substring(from, text.indexOf(end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
