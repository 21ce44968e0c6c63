package io.campaignlauncher.simulator.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The names of the fields that each node type has in v24.0. */
final class NodeFields {

    private static final Map<ObjectKind, Set<String>> NAMES = load();

    private NodeFields() {}

    static Set<String> of(ObjectKind kind) {
        return NAMES.getOrDefault(kind, Set.of());
    }

    private static Map<ObjectKind, Set<String>> load() {
        var properties = new Properties();
        try (var in = NodeFields.class.getResourceAsStream("node-fields.properties")) {
            if (in == null) {
                throw new IllegalStateException("node-fields.properties is not on the class path");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var names = new EnumMap<ObjectKind, Set<String>>(ObjectKind.class);
        properties.forEach((kind, list) -> names.put(ObjectKind.valueOf((String) kind), Set.copyOf(new HashSet<>(
                Arrays.asList(((String) list).split(","))))));
        return names;
    }
}
