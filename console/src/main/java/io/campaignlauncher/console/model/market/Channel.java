package io.campaignlauncher.console.model.market;

import static io.campaignlauncher.console.model.Launches.text;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A channel of Telegram that is offered.
 *
 * @param lacking what the bot may not do there although it needs to
 * @param since   when it is so
 */
public record Channel(String id, String chat, String title, Amount price, String status, List<String> lacking,
        String since) {

    public Channel {
        lacking = List.copyOf(lacking);
    }

    public static Channel of(JsonNode answer) {
        return new Channel(text(answer, "id"), text(answer, "chat"), text(answer, "title"),
                Amount.in(answer, "price"), text(answer, "status"),
                answer.path("lacking").valueStream().map(JsonNode::asString).toList(), text(answer, "since"));
    }

    public Mark mark() {
        return Mark.ofChannel(status);
    }

    public boolean isReady() {
        return status.equals("ready");
    }
}
