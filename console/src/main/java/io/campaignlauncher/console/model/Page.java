package io.campaignlauncher.console.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * What stands around the contents of every page.
 *
 * @param section  of the navigation
 * @param who      looks at it
 * @param address  of the page itself, without query
 * @param assets   where style sheet and scripts are
 * @param theme    {@code light}, {@code dark}, or empty: as the browser is set
 * @param csrf     a token for forms
 * @param switches that are off
 * @param waiting  how many things wait for who looks; empty: none, or it is not known
 * @param logIn    the address of the log-in that leads back here
 */
public record Page(String title, Section section, Who who, String address, String assets, String theme,
        String csrf, List<Switch> switches, String waiting, String logIn) {

    public Page {
        switches = List.copyOf(switches);
    }

    /** For {@code hx-headers}. */
    public String headers() {
        return "{\"X-CSRF-TOKEN\":\"" + csrf + "\"}";
    }

    /** Of the browser's tab. */
    public String tab() {
        return (waiting.isEmpty() ? "" : "(" + waiting + ") ") + title + " · Campaign Launcher";
    }

    /** What the switch of the theme goes to. Where none is chosen only the browser knows which it shows: the style sheet leaves one. */
    public List<String> otherThemes() {
        return Stream.of("dark", "light").filter(other -> !other.equals(theme)).toList();
    }
}
