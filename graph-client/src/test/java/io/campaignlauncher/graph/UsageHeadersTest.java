package io.campaignlauncher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageHeadersTest {

    private static GraphUsage usage(Map<String, String> headers) {
        return UsageHeaders.read(new GraphResponse(200, headers, new byte[0]).headers());
    }

    @Test
    void takes_the_highest_figure_of_all_headers() {
        var usage = usage(Map.of("x-app-usage", "{\"call_count\":28,\"total_cputime\":25,\"total_time\":31}",
                "X-AD-ACCOUNT-USAGE", "{\"acc_id_util_pct\":9.67,\"reset_time_duration\":100}",
                "X-Business-Use-Case-Usage", """
                        {"1":[{"type":"ads_management","call_count":5,"total_cputime":20,"total_time":20,
                               "estimated_time_to_regain_access":0}],
                         "2":[{"call_count":1},{"call_count":1,"total_cputime":76.5}]}"""));

        assertThat(usage).isEqualTo(new GraphUsage(76.5, Duration.ZERO));
    }

    @Test
    void counts_the_wait_of_a_business_use_case_in_minutes_and_that_of_an_account_in_seconds() {
        var useCase = "{\"1\":[{\"call_count\":95,\"estimated_time_to_regain_access\":19}]}";

        assertThat(usage(Map.of("X-Business-Use-Case-Usage", useCase)).waitFor()).isEqualTo(Duration.ofMinutes(19));
        assertThat(
                usage(Map.of("X-Ad-Account-Usage", "{\"acc_id_util_pct\":100,\"reset_time_duration\":299}")).waitFor())
                .isEqualTo(Duration.ofSeconds(299));
        assertThat(usage(Map.of("X-Business-Use-Case-Usage", useCase, "X-Ad-Account-Usage",
                "{\"acc_id_util_pct\":120,\"reset_time_duration\":2000}")))
                .isEqualTo(new GraphUsage(120, Duration.ofSeconds(2000)));
    }

    @Test
    void names_no_wait_below_the_limit() {
        assertThat(
                usage(Map.of("X-Ad-Account-Usage", "{\"acc_id_util_pct\":99.9,\"reset_time_duration\":299}")).waitFor())
                .isZero();
    }

    @Test
    void bounds_an_absurd_wait() {
        assertThat(usage(Map.of("X-Business-Use-Case-Usage",
                "{\"1\":[{\"estimated_time_to_regain_access\":9223372036854775807}]}")).waitFor())
                .isEqualTo(Duration.ofDays(1));
        assertThat(
                usage(Map.of("X-Ad-Account-Usage", "{\"acc_id_util_pct\":100,\"reset_time_duration\":-5}")).waitFor())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "null", "7", "[]", "\"text\"", "<html>", "{\"1\":7}", "{\"1\":[null,3,\"x\"]}",
        "{\"call_count\":{},\"acc_id_util_pct\":[],\"1\":[{\"call_count\":\"many\"}]}", "{\"call_count\":1e999}" })
    void finds_nothing_in_a_header_that_makes_no_sense(String value) {
        assertThat(usage(Map.of("X-App-Usage", value, "X-Ad-Account-Usage", value, "X-Business-Use-Case-Usage", value)))
                .isEqualTo(GraphUsage.NONE);
    }
}
