package io.campaignlauncher.console.model;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page of components shows of launches: each read from an answer like those of the services. */
public final class Examples {

    public static final String AT = "2026-01-31T12:00:00Z";

    private static final Instant NOW = Instant.parse("2026-01-31T13:00:00Z");
    private static final String JOB = "00000000-0000-0000-0000-000000000000";

    private Examples() {}

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace("{AT}", AT).replace("{JOB}", JOB));
    }

    public static Account account() {
        return Account.of(json("""
                {"adAccountId":"act_1","usage":{"percent":82,"at":"{AT}"}}"""), NOW);
    }

    public static Switch off() {
        return Switch.of(
                json("""
                        {"name":"creation","enabled":false,"turnedAt":"{AT}","turnedBy":"boss","reason":"wrong prices","waiting":3}"""));
    }

    public static Launch launch() {
        return Launch.now(state(), json("{\"events\":[]}"));
    }

    private static JsonNode state() {
        return json("""
                {"jobId":"{JOB}","version":17,"at":"{AT}","campaignName":"Spring sale","status":"in_progress",
                 "phase":"creating","rollback":{"policy":"CONFIRM"}}""");
    }

    public static Look look() {
        return Look.of(
                json("""
                        {"jobId":"{JOB}","state":"looked","at":"{AT}","by":"boss","look":{"at":"{AT}","by":"boss","settled":true,
                         "differing":1,"jobVersion":17,"tablesVersion":17,"readsLagUntil":null,"notRead":[],"jobRowDiffers":[],
                         "others":[],"slots":[{"entityType":"ad","slotNumber":4,
                           "known":{"name":"Spring sale / ad 4","status":"created","facebookId":"120200000000000240"},
                           "tables":{"name":"Spring sale / ad 4","status":"created","facebookId":"120200000000000240"},
                           "facebook":{"state":"there","id":"120200000000000240","name":"Spring sale / ad 4","status":"ACTIVE"},
                           "differs":[{"what":"status","is":"ACTIVE","should":"PAUSED"}]}]}}"""),
                "Spring sale", false, 0, NOW);
    }

    public static Waterfall calls() {
        var answer = Arrays.stream(CallOutcome.values()).map(outcome -> """
                {"callId":"1.%1$d","service":"creator-service","purpose":"create","attempt":1,
                 "begunAt":"2026-01-31T12:00:0%1$dZ","tookMs":400,"batch":false,"httpStatus":200,"fbtraceId":null,
                 "outcome":"%2$s","entries":[]}""".formatted(outcome.ordinal(), outcome.code())).toList();
        return Calls.of(json("{\"calls\":" + answer + ",\"totals\":{},\"notNoted\":0,\"next\":null}"), state(),
                json("{\"events\":[]}"), "").picture();
    }

    public static Matters.Matter matter() {
        return Matters.of(json("""
                {"total":1,"matters":[{"kind":"rollback_decision","count":1,"more":false,"items":[{"id":"{JOB}",
                 "name":"Autumn sale","since":"{AT}","detail":"31 of 50 ad sets exist","count":null}]}]}"""), List.of())
                .all().getFirst();
    }
}
