package io.campaignlauncher.console.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which launches are looked for, as an address says it. The same launches have the same address, so that it can be
 * kept as a bookmark.
 *
 * @param values by the names that {@code GET /v1/jobs} has for them; none is empty
 */
public record LaunchFilter(Map<String, String> values) {

    public static final LaunchFilter NONE = new LaunchFilter(Map.of());

    private static final String STATUS = "status";
    /** With words for people, in the order of the address. */
    private static final Map<String, String> LABELS = labels();

    /** One condition. @param address of the list without it */
    public record Chip(String label, String value, String address) {}

    public LaunchFilter {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private static Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        labels.put(STATUS, "State");
        labels.put("name", "Name begins with");
        labels.put("userId", "User");
        labels.put("adAccountId", "Ad account");
        labels.put("facebookId", "Facebook id");
        labels.put("errorCode", "Facebook error");
        labels.put("from", "Asked for from");
        labels.put("to", "Asked for until");
        labels.put("idempotencyKey", "Idempotency key");
        labels.put("credentialId", "Credential");
        return Collections.unmodifiableMap(labels);
    }

    /** @param given what the address has under a name; empty: nothing */
    public static LaunchFilter of(Function<String, String> given) {
        return new LaunchFilter(LABELS.keySet().stream().filter(name -> !given.apply(name).isEmpty())
                .collect(Collectors.toMap(Function.identity(), name -> whole(name, given.apply(name)), (one, _) -> one,
                        LinkedHashMap::new)));
    }

    /** People copy the number of an account without what Facebook puts before it. */
    private static String whole(String name, String value) {
        return name.equals("adAccountId") && value.matches("\\d+") ? "act_" + value : value;
    }

    /** Empty where it is not asked for. */
    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public boolean has(State state) {
        return statuses().contains(state.code());
    }

    private List<String> statuses() {
        return Arrays.stream(get(STATUS).split(",")).filter(code -> !code.isEmpty()).toList();
    }

    public LaunchFilter with(String name, String value) {
        return of(other -> other.equals(name) ? value : get(other));
    }

    private LaunchFilter withoutStatus(String code) {
        return with(STATUS, statuses().stream().filter(other -> !other.equals(code)).collect(Collectors.joining(",")));
    }

    public List<Chip> chips() {
        return values.entrySet().stream().flatMap(one -> chips(one.getKey(), one.getValue())).toList();
    }

    private Stream<Chip> chips(String name, String value) {
        return name.equals(STATUS)
                ? statuses().stream().map(code -> new Chip("State", State.of(code).word(),
                        withoutStatus(code).address()))
                : Stream.of(new Chip(String.valueOf(LABELS.get(name)), value, with(name, "").address()));
    }

    /** For {@code GET /v1/jobs}. */
    public Map<String, String> query() {
        var query = new LinkedHashMap<>(values);
        Days.asMoments(query);
        return query;
    }

    /** Of the list of these launches. */
    public String address() {
        return address(Map.of());
    }

    /** @param place where in the list */
    public String address(Map<String, String> place) {
        var query = Stream.concat(values.entrySet().stream(), place.entrySet().stream())
                .map(one -> one.getKey() + "=" + encoded(one.getValue())).collect(Collectors.joining("&"));
        return query.isEmpty() ? "/console" : "/console?" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
    }
}
