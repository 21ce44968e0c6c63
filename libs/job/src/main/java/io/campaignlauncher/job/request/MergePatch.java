package io.campaignlauncher.job.request;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes to a JSON object, as RFC 7396 has them: what is null goes, objects are merged, anything else is put in its place. */
public final class MergePatch {

    private MergePatch() {}

    /** @return the object with the changes; neither is changed itself */
    public static ObjectNode apply(ObjectNode object, ObjectNode changes) {
        var changed = object.deepCopy();
        changes.properties().forEach(change -> {
            var name = change.getKey();
            switch (change.getValue()) {
                case ObjectNode inner -> changed.set(name,
                        apply(changed.get(name) instanceof ObjectNode before ? before : object.objectNode(), inner));
                case JsonNode value when value.isNull() -> changed.remove(name);
                case JsonNode value -> changed.set(name, value.deepCopy());
            }
        });
        return changed;
    }
}
