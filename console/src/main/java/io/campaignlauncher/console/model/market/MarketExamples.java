package io.campaignlauncher.console.model.market;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** What the page of components shows of the marketplace. */
public final class MarketExamples {

    private MarketExamples() {}

    public static Campaign campaign() {
        return Campaign.of(JsonMapper.shared().readTree("""
                {"id":"00000000-0000-0000-0000-000000000000","name":"Otters","status":"active","totalBudget":"100.00",
                 "held":"20.00","spent":"35.00"}"""));
    }

    public static List<Mark> targets() {
        return Stream.of("draft", "submitted", "approved", "rejected", "posted", "refunded").map(Mark::ofTarget)
                .toList();
    }
}
