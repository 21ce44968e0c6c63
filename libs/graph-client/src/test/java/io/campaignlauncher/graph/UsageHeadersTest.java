package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.HttpAnswer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;

class UsageHeadersTest {

    private static final String USE_CASES = "X-Business-Use-Case-Usage";

    private static GraphUsage usage(Map<String, String> headers) {
        return new UsageHeaders("act_1001").of(new HttpAnswer(200, headers, new byte[0]).headers());
    }

    private static GraphUsage useCases(String ids) {
        return usage(Map.of(USE_CASES, ids));
    }

    @Test
    void takes_the_highest_figure_of_all_headers() {
        var usage = usage(Map.of("x-app-usage", "{\"call_count\":28,\"total_cputime\":25,\"total_time\":31}",
                "X-AD-ACCOUNT-USAGE", "{\"acc_id_util_pct\":9.67,\"reset_time_duration\":100}",
                "X-Business-Use-Case-Usage", """
                        {"1001":[{"type":"ads_management","call_count":5,"total_cputime":76.5,"total_time":20,
                                  "estimated_time_to_regain_access":0}]}"""));

        assertThat(usage).isEqualTo(new GraphUsage(76.5, Duration.ZERO));
    }

    @Test
    void counts_the_wait_of_a_business_use_case_in_minutes_and_that_of_an_account_in_seconds() {
        var useCase = "{\"1001\":[{\"type\":\"ads_management\",\"call_count\":95,\"estimated_time_to_regain_access\":19}]}";

        assertThat(usage(Map.of("X-Business-Use-Case-Usage", useCase)).waitFor()).isEqualTo(Duration.ofMinutes(19));
        assertThat(
                usage(Map.of("X-Ad-Account-Usage", "{\"acc_id_util_pct\":100,\"reset_time_duration\":299}")).waitFor())
                .isEqualTo(Duration.ofSeconds(299));
        assertThat(usage(Map.of("X-Business-Use-Case-Usage", useCase, "X-Ad-Account-Usage",
                "{\"acc_id_util_pct\":120,\"reset_time_duration\":2000}")))
                .isEqualTo(new GraphUsage(120, Duration.ofSeconds(2000)));
    }

    /** A job once waited for a quarter of an hour because reports about its account were limited. */
    @Test
    void leaves_out_what_belongs_to_another_use_case() {
        assertThat(useCases("""
                {"1001":[{"type":"ads_management","call_count":3,"estimated_time_to_regain_access":0},
                         {"type":"ads_insights","call_count":100,"estimated_time_to_regain_access":15},
                         {"call_count":99,"estimated_time_to_regain_access":9}]}"""))
                .isEqualTo(new GraphUsage(3, Duration.ZERO));
        assertThat(usage(Map.of("X-FB-Ads-Insights-Throttle",
                "{\"app_id_util_pct\":100.0,\"acc_id_util_pct\":100.0,\"ads_api_access_tier\":\"standard_access\"}")))
                .isEqualTo(GraphUsage.NONE);
    }

    @Test
    void leaves_out_what_belongs_to_another_account() {
        var usage = useCases("""
                {"1001":[{"type":"ads_management","call_count":3}],
                 "2002":[{"type":"ads_management","call_count":100,"estimated_time_to_regain_access":60}]}""");

        assertThat(usage).isEqualTo(new GraphUsage(3, Duration.ZERO));
        assertThat(usage.afterRefusal()).isZero();
    }

    @Test
    void goes_by_another_id_only_where_a_call_was_refused_and_the_own_one_is_not_listed() {
        var usage = useCases(
                "{\"77\":[{\"type\":\"ADS_MANAGEMENT\",\"call_count\":100,\"estimated_time_to_regain_access\":19}]}");

        assertThat(usage.percent()).isZero();
        assertThat(usage.waitFor()).isZero();
        assertThat(usage.afterRefusal()).isEqualTo(Duration.ofMinutes(19));
    }

    @Test
    void counts_every_account_where_none_is_given() {
        assertThat(new UsageHeaders(null).of(USE_CASES,
                "{\"77\":[{\"type\":\"ads_management\",\"call_count\":80,\"estimated_time_to_regain_access\":2}]}"))
                .isEqualTo(new GraphUsage(80, Duration.ofMinutes(2)));
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
                "{\"1001\":[{\"type\":\"ads_management\",\"estimated_time_to_regain_access\":9223372036854775807}]}"))
                .waitFor())
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
