package io.campaignlauncher.console.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the job-service about calls. */
public final class CallsJson {

    public static final String JOB = "34498280-a3ca-3807-b2fa-69ed47c36fae";
    static final Instant ACCEPTED = Instant.parse("2026-03-29T12:00:00Z");

    private final List<String> calls = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private int numbers;

    public CallsJson() {
        event(0, "JobAccepted", "{\"adSets\":50,\"ads\":50}");
    }

    /** @param millis since the launch was accepted */
    public CallsJson call(String service, String purpose, int attempt, long millis, long tookMs, String outcome,
            String... entries) {
        calls.add("""
                {"callId":"4f6c1b0e-2a7d-4d39-8a55-9b0c7e1d2f88.%d","service":"%s","purpose":"%s","attempt":%d,
                 "begunAt":"%s","tookMs":%d,"batch":%s,"httpStatus":%s,"fbtraceId":"AbCdEfGh%d","outcome":"%s",
                 "entries":[%s]}""".formatted(++numbers, service, purpose, attempt, ACCEPTED.plusMillis(millis),
                tookMs, entries.length > 1, outcome.equals("unknown") ? "null" : "200", numbers, outcome,
                String.join(",", entries)));
        return this;
    }

    static String entry(String method, String path, String entityType, int slot, String outcome) {
        return """
                {"method":"%s","path":"%s","entityType":%s,"slotNumber":%s,"outcome":"%s","code":%s,"subcode":null,
                 "message":%s}""".formatted(method, path, entityType == null ? "null" : "\"" + entityType + "\"",
                slot == 0 ? "null" : slot, outcome, outcome.equals("refused") ? "100" : "null",
                outcome.equals("sent") ? "null" : "\"Facebook said <b>no</b> to it\"");
    }

    public CallsJson event(long millis, String type, String payload) {
        events.add("{\"version\":%d,\"at\":\"%s\",\"type\":\"%s\",\"payload\":%s}".formatted(events.size(),
                ACCEPTED.plusMillis(millis), type, payload));
        return this;
    }

    /** 101 entities and 20 retries, each with a look, a creation that Facebook refuses, and a wait. */
    public static CallsJson large() {
        var all = new CallsJson().call("verifier-service", "check_account", 1, 100, 180, "sent",
                entry("GET", "{account}", null, 0, "sent"), entry("GET", "{account}/campaigns", "campaign", 0, "sent"));
        all.call("creator-service", "create", 1, 400, 250, "sent",
                entry("POST", "{account}/campaigns", "campaign", 1, "sent"));
        for (int i = 1; i <= 50; i++) {
            all.call("creator-service", "create", 1, 700 + i * 20L, 300, "sent",
                    entry("POST", "{account}/adsets", "ad_set", i, "sent"),
                    entry("POST", "{account}/ads", "ad", i, "sent"));
        }
        for (int retry = 1; retry <= 20; retry++) {
            long at = 20_000L * retry;
            all.event(at - 17_000, "RetryScheduled", "{\"retryCount\":" + retry + "}");
            all.call("creator-service", "look", retry + 1, at, 120, "sent",
                    entry("GET", "{id}/adsets", "ad_set", 0, "sent"), entry("GET", "{id}/ads", "ad", 0, "sent"));
            all.call("creator-service", "create", retry + 1, at + 150, 200, "refused",
                    entry("POST", "{account}/adsets", "ad_set", 3, "sent"),
                    entry("POST", "{account}/ads", "ad", 3, "refused"));
        }
        return all.call("verifier-service", "verify", 1, 430_000, 150, "sent",
                entry("GET", "{id}/adsets", "ad_set", 0, "sent"), entry("GET", "{id}/ads", "ad", 0, "sent"));
    }

    public String answer() {
        return answer(0);
    }

    public String answer(int notNoted) {
        return "{\"calls\":[" + String.join(",", calls) + "],\"totals\":{\"calls\":" + calls.size()
                + ",\"entries\":210,\"sent\":190,\"notSent\":0,\"refused\":20,\"limited\":0,\"unknown\":0,\"tookMs\":16000},"
                + "\"notNoted\":" + notNoted + ",\"next\":null}";
    }

    public String history() {
        return "{\"jobId\":\"" + JOB + "\",\"events\":[" + events.stream().collect(Collectors.joining(",")) + "]}";
    }

    public static String state(String status) {
        return "{\"jobId\":\"" + JOB + "\",\"campaignName\":\"Spring sale\",\"status\":\"" + status
                + "\",\"phase\":\"creating\",\"version\":3,\"waitingUntil\":null,\"slots\":[]}";
    }

    Calls shown() {
        return Calls.of(read(answer()), read(state("in_progress")), read(history()), "");
    }

    static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }

    static String[] ads(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> entry("POST", "{account}/ads", "ad", i, "sent"))
                .toArray(String[]::new);
    }
}
