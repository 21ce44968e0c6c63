package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.TextRules;
import io.campaignlauncher.job.model.Violation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the fields out of a JSON object one by one, and notes every wrong type and every field that nobody asked for. */
public final class Fields {

    private static final Pattern TELLABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,60}");

    private final String path;
    private final ObjectNode object;
    private final List<Violation> found;
    private final Set<String> asked = new HashSet<>();

    /** @param found where mistakes are noted */
    public Fields(ObjectNode object, List<Violation> found) {
        this("", object, found);
    }

    private Fields(String path, ObjectNode object, List<Violation> found) {
        this.path = path;
        this.object = object;
        this.found = found;
    }

    /** The text; null where the field is missing, null or (which is noted) of another type. */
    public @Nullable String text(String name) {
        var value = value(name);
        if (value == null || value.isString()) {
            return value == null ? null : value.stringValue();
        }
        wrong(name, "must be a text");
        return null;
    }

    /** As {@link #text(String)}; one that is too long or that {@link TextRules} do not allow is noted and returned all the same. */
    public @Nullable String text(String name, int charactersMax) {
        var text = text(name);
        if (text == null) {
            return null;
        }
        var mistake = TextRules.mistake(text);
        if (text.length() > charactersMax) {
            wrong(name, "may have at most " + charactersMax + " characters");
        } else if (mistake != null) {
            wrong(name, mistake);
        }
        return text;
    }

    public String textOrEmpty(String name) {
        var text = text(name);
        return text == null ? "" : text;
    }

    /** As {@link #text(String, int)}. */
    public String textOrEmpty(String name, int charactersMax) {
        var text = text(name, charactersMax);
        return text == null ? "" : text;
    }

    public @Nullable Boolean bool(String name) {
        var value = value(name);
        if (value == null || value.isBoolean()) {
            return value == null ? null : value.booleanValue();
        }
        wrong(name, "must be true or false");
        return null;
    }

    public @Nullable Integer integer(String name) {
        var value = value(name);
        var whole = whole(value);
        if (value == null || whole != null && whole.bitLength() < Integer.SIZE) {
            return whole == null ? null : whole.intValue();
        }
        wrong(name, "must be a whole number of at most 32 bits");
        return null;
    }

    public @Nullable Long longInteger(String name) {
        var value = value(name);
        var whole = whole(value);
        if (value == null || whole != null && whole.bitLength() < Long.SIZE) {
            return whole == null ? null : whole.longValue();
        }
        wrong(name, "must be a whole number of at most 64 bits");
        return null;
    }

    public <E extends Enum<E>> @Nullable E constant(String name, Class<E> type) {
        var value = value(name);
        if (value == null) {
            return null;
        }
        for (var constant : type.getEnumConstants()) {
            if (value.isString() && constant.name().equals(value.stringValue())) {
                return constant;
            }
        }
        wrong(name, "must be "
                + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(" or ")));
        return null;
    }

    public List<String> texts(String name) {
        var value = value(name);
        var texts = new ArrayList<String>();
        if (value != null && (!value.isArray() || value.valueStream().anyMatch(item -> !item.isString()))) {
            wrong(name, "must be a list of texts");
        } else if (value != null) {
            value.forEach(item -> texts.add(item.stringValue()));
        }
        return texts;
    }

    /** The object as JSON text; empty where it is missing. */
    public String json(String name) {
        var value = value(name);
        if (value != null && !value.isObject()) {
            wrong(name, "must be a JSON object");
            return "";
        }
        return value == null ? "" : CanonicalJson.of(value);
    }

    /** The object as JSON text; null where it is missing. */
    public @Nullable String jsonOrNull(String name) {
        return value(name) == null ? null : json(name);
    }

    /**
     * The fields of each object of a list; none where it is missing.
     *
     * @param max so many are read, and one more, so that a rule sees that there are too many
     */
    public List<Fields> objects(String name, int max) {
        var value = value(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray() || value.valueStream().anyMatch(item -> !item.isObject())) {
            wrong(name, "must be a list of JSON objects");
            return List.of();
        }
        var objects = new ArrayList<Fields>();
        for (int i = 0; i < Math.min(value.size(), max + 1); i++) {
            objects.add(new Fields(path + name + "[" + i + "].", (ObjectNode) value.get(i), found));
        }
        return objects;
    }

    /** Further Graph fields: by name, values as JSON text. */
    public Map<String, String> graphFields(String name) {
        var fields = new HashMap<String, String>();
        var value = value(name);
        if (value instanceof ObjectNode all) {
            all.properties().forEach(field -> fields.put(field.getKey(), CanonicalJson.of(field.getValue())));
        } else if (value != null) {
            wrong(name, "must be a JSON object");
        }
        return fields;
    }

    /** The fields of an object within; none where it is missing. */
    public Fields within(String name) {
        var value = value(name);
        if (value instanceof ObjectNode inner) {
            return new Fields(path + name + ".", inner, found);
        }
        if (value != null) {
            wrong(name, "must be a JSON object");
        }
        return new Fields(path + name + ".", object.objectNode(), found);
    }

    /** Notes every field that was not asked for. */
    public void nothingElse() {
        for (var name : object.propertyNames()) {
            if (!asked.contains(name)) {
                wrong(tellable(name), "is not known");
            }
        }
    }

    /** A field's name as a message may repeat it. */
    static String tellable(String name) {
        return TELLABLE_NAME.matcher(name).matches() ? name : "?";
    }

    /** JSON knows one kind of number: {@code 2000.0} and {@code 2e3} are 2000. Null for what is no whole number. */
    private static @Nullable BigInteger whole(@Nullable JsonNode value) {
        if (value == null || !value.isNumber()) {
            return null;
        }
        try {
            return value.decimalValue().toBigIntegerExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private @Nullable JsonNode value(String name) {
        asked.add(name);
        var value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private void wrong(String name, String message) {
        found.add(new Violation(path + name, message));
    }
}
