package io.campaignlauncher.console.model.market;

import io.campaignlauncher.console.model.Launches;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a target is to be, in one version: a post in a channel, or a launch on Facebook. What is not there is empty.
 *
 * @param chat   of the channel, its {@code @name} or its number
 * @param launch what is to be launched, as JSON that people can read
 */
public record Content(boolean isLaunch, String channelId, String channel, String chat, String text, String link,
        String photo, String account, String launch, String postAt, Amount amount) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LINE_MAX = 80;

    /** @param answer a target or one of its versions, as the HTTP API shows it */
    public static Content of(JsonNode answer) {
        var launch = answer.path("launch");
        return new Content(Launches.text(answer, "place").equals("facebook"), Launches.text(answer, "channelId"),
                Launches.text(answer, "channelTitle"), Launches.text(answer, "chat"), Launches.text(answer, "text"),
                Launches.text(answer, "link"),
                Launches.text(answer, "photo"), Launches.text(answer, "adAccountId"),
                launch.isObject() ? launch.toPrettyString() : "",
                Launches.text(answer, "postAt"), Amount.in(answer, "amount"));
    }

    /** Where it goes. */
    public String place() {
        return isLaunch ? "Facebook, " + account
                : channel.isEmpty() ? "a channel" : chat.isEmpty() ? channel : channel + " (" + chat + ")";
    }

    /** What it is, in a line. */
    public String line() {
        var line = isLaunch ? launchName() : text.strip().lines().findFirst().orElse("");
        return line.length() <= LINE_MAX ? line
                : line.codePoints().limit(LINE_MAX)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append) + "…";
    }

    private String launchName() {
        var name = Launches.text(tree().path("campaign"), "name");
        return name.isEmpty() ? "A launch on Facebook" : name;
    }

    private JsonNode tree() {
        return launch.isEmpty() ? JSON.createObjectNode() : JSON.readTree(launch);
    }

    /** By the names that people see, in the order in which they read. What is empty is not there. */
    Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("Where", place());
        fields.put("Text", text);
        fields.put("Link", link);
        fields.put("Picture", photo);
        leaves(tree(), "Launch", fields);
        fields.put("Not before", postAt);
        fields.put("Price", amount.shown());
        fields.values().removeIf(String::isEmpty);
        return fields;
    }

    private static void leaves(JsonNode node, String path, Map<String, String> fields) {
        if (node.isObject()) {
            node.properties().forEach(one -> leaves(one.getValue(), path + " › " + one.getKey(), fields));
        } else if (node.isArray() && node.valueStream().anyMatch(JsonNode::isContainer)) {
            for (int i = 0; i < node.size(); i++) {
                leaves(node.path(i), path + " › " + (i + 1), fields);
            }
        } else {
            fields.put(path, node.isArray()
                    ? String.join(", ", node.valueStream().map(JsonNode::asString).toList()) : node.asString());
        }
    }

    /** Whether the words of a field are worth comparing one by one. */
    static boolean isProse(String field) {
        return Set.of("Text").contains(field);
    }
}
