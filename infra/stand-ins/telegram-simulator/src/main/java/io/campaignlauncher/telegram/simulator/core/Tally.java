package io.campaignlauncher.telegram.simulator.core;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts as it goes. */
final class Tally {

    private static final int CHATS_MAX = 1000;

    private long requests;
    private long unanswered;
    private final Map<ApiMethod, Map<String, Long>> calls = new EnumMap<>(ApiMethod.class);
    private final Map<Integer, Long> errors = new TreeMap<>();

    void request() {
        requests++;
    }

    void unanswered() {
        unanswered++;
    }

    void call(Call call) {
        var chats = calls.computeIfAbsent(call.method(), _ -> new LinkedHashMap<>());
        var chat = call.parameters().text("chat_id");
        chats.merge(chats.size() < CHATS_MAX || chats.containsKey(chat) ? chat : "others", 1L, Long::sum);
    }

    void error(int code) {
        errors.merge(code, 1L, Long::sum);
    }

    Counters snapshot() {
        var copy = new EnumMap<ApiMethod, Map<String, Long>>(ApiMethod.class);
        calls.forEach((method, chats) -> copy.put(method, Map.copyOf(chats)));
        return new Counters(requests, unanswered, copy, Map.copyOf(errors));
    }
}
