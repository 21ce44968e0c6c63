package io.campaignlauncher.console.model;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A record that a service gave up.
 *
 * @param about   the id of what it names; empty: nothing
 * @param value   with its texts masked; empty: it is not shown
 * @param mistake why it cannot be shown; empty: it can
 */
public record Letter(String topic, int partition, String offset, String parkedAt, String reason, String reasonKind,
        String advice, String consumer, String type, String source, String about, String tenant, String valueBytes,
        boolean cameBack, boolean redrivable, String redrivenAt, Map<String, String> headers, String value,
        String mistake) {

    public Letter {
        headers = new LinkedHashMap<>(headers);
    }

    /** @param answer one of {@code GET /v1/dead-letters}, or the answer of the route of one letter */
    public static Letter of(JsonNode answer) {
        var headers = new LinkedHashMap<String, String>();
        answer.path("headers").propertyStream()
                .forEach(header -> headers.put(header.getKey(), header.getValue().asString("")));
        var value = answer.path("value");
        return new Letter(Launches.text(answer, "topic"), answer.path("partition").asInt(),
                answer.path("offset").asString("0"), Launches.text(answer, "parkedAt"),
                Launches.text(answer, "reason"), Launches.text(answer, "reasonKind"),
                Launches.text(answer, "advice"), Launches.text(answer, "consumer"), Launches.text(answer, "type"),
                Launches.text(answer, "source"), Launches.text(answer, "about"), Launches.text(answer, "tenant"),
                answer.path("valueBytes").asString("0"), answer.path("cameBack").asBoolean(false),
                answer.path("redrivable").asBoolean(false), Launches.text(answer, "redrivenAt"), headers,
                value.isObject() ? value.toPrettyString() : "", Launches.text(answer, "mistake"));
    }

    public String address() {
        return "/console/dead-letters/" + topic + "/" + partition + "/" + offset;
    }

    /** Whether what it names is a launch that there is: what a request asks for mostly has not become one. */
    public boolean isOfLaunch() {
        return !about.isEmpty() && !topic.startsWith("market.") && !topic.startsWith("posting.")
                && !topic.startsWith("campaign.");
    }

    public State state() {
        return !redrivenAt.isEmpty() ? State.REDRIVEN : cameBack ? State.CAME_BACK : State.PENDING;
    }
}
