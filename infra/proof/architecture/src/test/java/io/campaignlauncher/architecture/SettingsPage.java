package io.campaignlauncher.architecture;

import io.campaignlauncher.architecture.SettingsRecords.Setting;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/settings.md, made from the records that settings are read into. */
final class SettingsPage {

    static final Path FILE = SettingsRecords.HOUSE.resolve("docs/settings.md");

    private static final String STANDALONE = "standalone system";
    private static final String HEAD = """
            # Settings

            Every property that the services read with a default and a meaning of their own. Whatever else Spring Boot has, `server.port` for
            one, is set by its own names. How to set them: [README](../README.md#settings); secrets better come
            [from files](operations.md#secrets). Times are written `250ms`, `10s`, `5m`, `12h` or `30d`. A value that breaks a rule ends the
            start with an error that names the property. Who reads it is whose code leads to it; others pass over it. This page is made from the records in the code; a test tells when they differ.
            """;

    private SettingsPage() {}

    static String of(List<Setting> settings, SettingsReaders readers) {
        var groups = new TreeMap<String, TreeMap<String, List<Setting>>>();
        settings.forEach(setting -> groups.computeIfAbsent(group(setting.name()), _ -> new TreeMap<>())
                .merge(setting.name(), List.of(setting), SettingsPage::both));
        var page = new StringBuilder(HEAD);
        groups.forEach((group, rows) -> {
            page.append("\n## `").append(group).append("`\n\n| property | default | what it is | read by |\n")
                    .append("|---|---|---|---|\n");
            rows.forEach((name, same) -> page.append(row(name, same, readers)));
        });
        return page.toString();
    }

    private static List<Setting> both(List<Setting> one, List<Setting> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static String row(String name, List<Setting> same, SettingsReaders readers) {
        var value = same.getFirst().defaultValue();
        return "| `" + name + "` | " + (value.isEmpty() ? "none" : "`" + value + "`") + " | "
                + same.getFirst().sentence() + " | " + called(readers(same, readers)) + " |\n";
    }

    /** The services; none: it is the standalone system's. */
    static SequencedSet<String> readers(Collection<Setting> same, SettingsReaders readers) {
        var found = same.stream().flatMap(setting -> readers.of(setting.holder()).stream()).collect(Collectors.toSet());
        return SettingsReaders.services().stream().filter(found::contains)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static String called(SequencedSet<String> services) {
        var others = SettingsReaders.services().stream().filter(service -> !services.contains(service)).toList();
        return switch (others.size()) {
            case 0 -> "every service";
            case 1, 2 -> "every service but " + String.join(" and ", others);
            default -> services.isEmpty() ? STANDALONE : String.join(", ", services);
        };
    }

    static String group(String name) {
        var plain = name.endsWith(".*") ? name.substring(0, name.length() - 2) : name;
        return plain.substring(0, plain.lastIndexOf('.'));
    }
}
