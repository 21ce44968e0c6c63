package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.standin.RequestParts.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The parameters of a call, all of them texts: numbers may be quoted, booleans are words, objects are JSON. */
record Parameters(Map<String, String> values, Map<String, Upload> files) {

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    boolean has(String name) {
        return !text(name).isEmpty();
    }

    boolean isTrue(String name) {
        var value = text(name);
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes") || value.equals("1");
    }

    /** 0 where it is missing or no number. */
    long number(String name) {
        try {
            return Long.parseLong(text(name).strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    int whole(String name, int otherwise) {
        return has(name) ? Math.clamp(number(name), Integer.MIN_VALUE, Integer.MAX_VALUE) : otherwise;
    }

    /** @throws Refusal where it is no JSON */
    @Nullable
    JsonNode json(String name) {
        if (!has(name)) {
            return null;
        }
        try {
            return Json.MAPPER.readTree(text(name));
        } catch (JacksonException e) {
            throw Refusal.bad("can't parse " + name.replace('_', ' ') + " JSON object");
        }
    }

    List<Integer> ids(String name) {
        var given = json(name);
        if (given == null || !given.isArray() || given.isEmpty()) {
            throw Refusal.bad("message identifiers are not specified");
        }
        if (given.size() > 100) {
            throw Refusal.bad("too many message identifiers specified");
        }
        var ids = new ArrayList<Integer>();
        given.forEach(id -> ids.add(id.asInt(0)));
        return ids;
    }

    /** A file that was sent along, by its own name or as {@code attach://name}. */
    Optional<Upload> file(String name) {
        var attached = text(name).startsWith("attach://") ? text(name).substring("attach://".length()) : name;
        return Optional.ofNullable(files.get(attached));
    }
}
