package io.campaignlauncher.simulator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * {@code {result=name:$.id}} in the operations of a batch. Understands paths of names, {@code *} and {@code [n]}; several
 * values are joined by commas.
 */
final class References {

    private static final String MARK = "{result=";

    private References() {}

    static boolean hasAny(String text) {
        return text.contains(MARK);
    }

    /** The names of the operations that a text refers to. */
    static List<String> names(String text) {
        var names = new ArrayList<String>(1);
        for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
            int colon = text.indexOf(':', at);
            if (colon > 0) {
                names.add(text.substring(at + MARK.length(), colon));
            }
        }
        return names;
    }

    /** The text with every reference replaced by what it stands for. */
    static String resolve(String text, Map<String, JsonNode> results) {
        int at = text.indexOf(MARK);
        if (at < 0) {
            return text;
        }
        var resolved = new StringBuilder(text.length());
        int position = 0;
        while (at >= 0) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? -1 : text.indexOf('}', colon);
            if (end < 0) {
                break;
            }
            resolved.append(text, position, at);
            var result = results.get(text.substring(at + MARK.length(), colon));
            resolved.append(result == null ? "" : String.join(",", values(result, text.substring(colon + 1, end))));
            position = end + 1;
            at = text.indexOf(MARK, position);
        }
        return resolved.append(text, position, text.length()).toString();
    }

    private static List<String> values(JsonNode root, String path) {
        List<JsonNode> nodes = List.of(root);
        for (var step : steps(path)) {
            var next = new ArrayList<JsonNode>();
            for (var node : nodes) {
                if (step.equals("*")) {
                    node.forEach(next::add);
                } else if (node.isArray() && Character.isDigit(step.charAt(0))) {
                    next.add(node.path((int) Ids.number(step)));
                } else {
                    next.add(node.path(step));
                }
            }
            nodes = next;
        }
        return nodes.stream().filter(node -> !node.isMissingNode() && !node.isContainer())
                .map(node -> node.asString(""))
                .toList();
    }

    private static List<String> steps(String path) {
        var steps = new ArrayList<String>();
        for (var part : path.replace("[", ".").replace("]", "").split("\\.")) {
            if (!part.isEmpty() && !part.equals("$")) {
                steps.add(part);
            }
        }
        return steps;
    }
}
