package io.campaignlauncher.launchfile;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Several of a kind with commas between them: {@code ES, CL, UY}. */
record Lists(Kind each) implements Kind {

    @Override
    public Reading read(String text, Account account) {
        var items = text.strip();
        if (items.startsWith("[") && items.endsWith("]")) {
            items = items.substring(1, items.length() - 1).strip();
        }
        if (items.isEmpty()) {
            return Reading.NOTHING;
        }
        var array = JsonNodeFactory.instance.arrayNode();
        var all = each.read(items, account);
        if (!(all instanceof Reading.Mistake)) {
            return all instanceof Reading.Value(var json) ? new Reading.Value(array.add(json)) : all;
        }
        for (var part : items.split(",", -1)) {
            var item = part.strip();
            switch (item.isEmpty() ? Reading.NOTHING : each.read(item, account)) {
                case Reading.Value(var json) -> array.add(json);
                case Reading.Nothing _ -> {
                }
                case Reading.Mistake(var sentence) -> {
                    return new Reading.Mistake("\"" + CellMistake.shortened(item) + "\": " + sentence);
                }
            }
        }
        return array.isEmpty() ? Reading.NOTHING : new Reading.Value(array);
    }

    @Override
    public @Nullable String write(JsonNode value, Account account) {
        if (!value.isArray()) {
            return null;
        }
        var items = new ArrayList<String>();
        for (var item : value) {
            var written = each.write(item, account);
            if (written == null) {
                return null;
            }
            items.add(written);
        }
        return String.join(", ", items);
    }
}
