package io.campaignlauncher.console.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page of what people did.
 *
 * @param source  whose it is
 * @param asked   what the lines are to be like, by the names that the address has for it; none is empty
 * @param first   whether nothing newer is like that
 * @param older   address of the next page; empty: this is the last one
 * @param problem why there are no lines; null: there is none
 */
public record AuditPage(AuditSource source, List<AuditLine> lines, Map<String, String> asked, boolean first,
        String older,
        @Nullable Problem problem) {

    static final String ADDRESS = "/console/audit";

    public AuditPage {
        lines = List.copyOf(lines);
        asked = Map.copyOf(asked);
    }

    /** @param answer of the source's service */
    public static AuditPage of(AuditSource source, JsonNode answer, Map<String, String> asked, String after) {
        var next = Launches.text(answer, "next");
        return new AuditPage(source,
                answer.path("entries").valueStream().map(entry -> AuditLine.of(source, entry)).toList(), asked,
                after.isEmpty(), next.isEmpty() ? "" : address(source, with(asked, "after", next)), null);
    }

    public static AuditPage none(AuditSource source, Map<String, String> asked, Problem problem) {
        return new AuditPage(source, List.of(), asked, true, "", problem);
    }

    /** Whether its lines may be asked for by this. */
    public boolean isAskedBy(String name) {
        return source.asked().contains(name);
    }

    public String get(String name) {
        return asked.getOrDefault(name, "");
    }

    /** Of the list with this condition as well. */
    public String addressOf(String name, String value) {
        return address(source, with(asked, name, value));
    }

    private static Map<String, String> with(Map<String, String> asked, String name, String value) {
        var all = new LinkedHashMap<>(asked);
        all.put(name, value);
        return all;
    }

    /** Of its first page. */
    public String firstAddress() {
        return address(source, asked);
    }

    public boolean isFiltered() {
        return !asked.isEmpty();
    }

    public static String address(AuditSource source, Map<String, String> query) {
        return query.isEmpty() ? source.address() : query.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", source.address() + (source.word().isEmpty() ? "?" : "&"), ""));
    }
}
