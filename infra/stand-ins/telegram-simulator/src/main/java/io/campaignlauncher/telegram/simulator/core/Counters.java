package io.campaignlauncher.telegram.simulator.core;

import java.util.Map;

/**
 * What was counted since the start.
 *
 * @param requests   all, whatever their token and method
 * @param unanswered those whose client saw nothing
 * @param calls      by method and by chat as the call named it (empty: none), of those with a good token
 * @param errors     by code
 */
public record Counters(long requests, long unanswered, Map<ApiMethod, Map<String, Long>> calls,
        Map<Integer, Long> errors) {

    /** Calls of a method, in whatever chat. */
    public long calls(ApiMethod method) {
        return calls.getOrDefault(method, Map.of()).values().stream().mapToLong(Long::longValue).sum();
    }

    public long calls(ApiMethod method, String chat) {
        return calls.getOrDefault(method, Map.of()).getOrDefault(chat, 0L);
    }
}
