package io.campaignlauncher.graph;

import static io.campaignlauncher.graph.Answering.TOKEN;
import static io.campaignlauncher.graph.Answering.error;
import static io.campaignlauncher.graph.Answering.graph;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.graph.GraphError.Kind;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorClassificationTest {

    private static GraphError ofWrite(int status, String error) {
        return error(graph(status, "{\"error\":" + error + "}").post(TOKEN, "act_1/ads", Map.of()));
    }

    private static GraphError ofRead(int status, String error) {
        return error(graph(status, "{\"error\":" + error + "}").get(TOKEN, "1", Map.of()));
    }

    /** Every row arrives with the type that rate limits, refusals and server errors share: it must not matter. */
    @ParameterizedTest
    @CsvFileSource(resources = "error-table.csv", numLinesToSkip = 1)
    void follows_the_table(int code, @Nullable Integer subcode, String rowClass, @Nullable Integer waitSeconds) {
        var text = "{\"message\":\"m\",\"type\":\"OAuthException\",\"code\":" + code
                + (subcode == null ? "" : ",\"error_subcode\":" + subcode) + ",\"fbtrace_id\":\"AbC\"}";

        var ofWrite = ofWrite(400, text);
        assertThat(ofWrite.kind()).isEqualTo(switch (rowClass.charAt(0)) {
            case 'P' -> Kind.PERMANENT;
            case 'R' -> Kind.RATE_LIMIT;
            default -> Kind.TEMPORARY;
        });
        assertThat(ofWrite.outcomeUnknown()).isEqualTo(rowClass.endsWith("†"));
        assertThat(ofWrite.waitFor()).isEqualTo(waitSeconds == null ? null : Duration.ofSeconds(waitSeconds));
        assertThat(ofWrite.code()).isEqualTo(code);
        assertThat(ofWrite.subcode()).isEqualTo(subcode);
        assertThat(ofWrite.httpStatus()).isEqualTo(400);
        assertThat(ofWrite.fbtraceId()).isEqualTo("AbC");

        var ofRead = ofRead(400, text);
        assertThat(ofRead.kind()).isEqualTo(ofWrite.kind());
        assertThat(ofRead.outcomeUnknown()).isFalse();
    }

    @Test
    void goes_by_the_code_when_the_subcode_is_not_listed() {
        assertThat(ofWrite(400, "{\"code\":80004,\"error_subcode\":5}").kind()).isEqualTo(Kind.RATE_LIMIT);
        assertThat(ofWrite(400, "{\"code\":100,\"error_subcode\":5}").kind()).isEqualTo(Kind.PERMANENT);
        assertThat(ofWrite(400, "{\"code\":2,\"error_subcode\":5}").outcomeUnknown()).isTrue();
    }

    @Test
    void goes_by_the_code_whatever_the_status() {
        assertThat(ofWrite(500, "{\"code\":190}").kind()).isEqualTo(Kind.PERMANENT);
        assertThat(ofWrite(403, "{\"code\":4,\"is_transient\":true}").kind()).isEqualTo(Kind.RATE_LIMIT);
        assertThat(ofWrite(200, "{\"code\":2}").kind()).isEqualTo(Kind.TEMPORARY);
    }

    @Test
    void goes_by_the_code_whatever_is_said_of_its_passing() {
        assertThat(ofWrite(400, "{\"code\":190,\"is_transient\":true}").kind()).isEqualTo(Kind.PERMANENT);
        assertThat(ofWrite(400, "{\"code\":100,\"error_subcode\":1487202,\"is_transient\":true}").kind())
                .isEqualTo(Kind.PERMANENT);
        var flaky = ofWrite(400, "{\"code\":100,\"error_subcode\":1487390,\"is_transient\":false}");
        assertThat(flaky.kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(flaky.outcomeUnknown()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"code\":77777,\"is_transient\":true}", "{\"is_transient\":true}", "{\"code\":-5}" })
    void takes_an_unlisted_error_that_is_said_to_pass_for_temporary_and_unknown(String error) {
        assertThat(ofWrite(400, error).kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(ofWrite(400, error).outcomeUnknown()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"code\":77777}", "{}", "{\"message\":\"?\"}", "{\"code\":\"odd\"}",
        "{\"code\":99999999999}" })
    void falls_back_on_the_status_for_an_unlisted_error(String error) {
        assertThat(ofWrite(503, error).kind()).isEqualTo(Kind.TEMPORARY);
        assertThat(ofWrite(503, error).outcomeUnknown()).isTrue();
        assertThat(ofWrite(400, error).kind()).isEqualTo(Kind.PERMANENT);
    }

    @Test
    void tells_a_missing_object() {
        assertThat(ofRead(400, "{\"code\":100,\"error_subcode\":33}").objectMissing()).isTrue();
        assertThat(ofRead(404, "{\"code\":803}").objectMissing()).isTrue();
        assertThat(ofRead(400, "{\"code\":100}").objectMissing()).isFalse();
    }

    @Test
    void prefers_the_wait_that_the_headers_name() {
        var account = Map.of("X-Ad-Account-Usage", "{\"acc_id_util_pct\":100,\"reset_time_duration\":300}");

        assertThat(error(graph(400, "{\"error\":{\"code\":17}}", account).post(TOKEN, "x", Map.of())).waitFor())
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(error(graph(400, "{\"error\":{\"code\":100}}", account).post(TOKEN, "x", Map.of())).waitFor())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"blame_field_specs\":[[\"dsa_payor\"],[\"targeting\",\"geo_locations\"]]}",
        "\"{\\\"blame_field_specs\\\":[[\\\"dsa_payor\\\"],[\\\"targeting\\\",\\\"geo_locations\\\"]]}\"" })
    void says_to_people_what_is_wrong_and_where(String errorData) {
        var error = ofWrite(400, """
                {"message":"Invalid parameter","code":100,"error_subcode":3858081,"error_user_title":"Missing payor",
                 "error_user_msg":"Say who pays.","error_data":%s}""".formatted(errorData));

        assertThat(error.message()).isEqualTo("Missing payor | Say who pays. | Invalid parameter"
                + " | fields: dsa_payor, targeting.geo_locations (code 100, subcode 3858081)");
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"free text\"", "\"\"", "7", "[]", "{\"blame_field_specs\":\"x\"}",
        "{\"blame_field_specs\":[\"\",[]]}" })
    void is_not_upset_by_odd_error_data(String errorData) {
        assertThat(ofWrite(400, "{\"message\":\"m\",\"code\":100,\"error_data\":" + errorData + "}").message())
                .isEqualTo("m (code 100)");
    }

    @ParameterizedTest
    @ValueSource(strings = { "xa", "xab" })
    void cuts_no_character_in_half(String title) {
        var message = ofWrite(400, "{\"error_user_title\":\"" + title + "\",\"message\":\"" + "😀".repeat(600)
                + "\",\"code\":100}").message();

        assertThat(message).hasSizeBetween(999, 1000).endsWith("😀… (code 100)");
        assertThat(message.codePoints()).noneMatch(point -> point >= Character.MIN_SURROGATE
                && point <= Character.MAX_SURROGATE);
    }

    @Test
    void cuts_long_messages_but_keeps_the_codes() {
        var message = ofWrite(400, "{\"message\":\"" + "m".repeat(5000) + "\",\"code\":100,\"error_subcode\":33}")
                .message();

        assertThat(message).hasSize(1000).endsWith("m… (code 100, subcode 33)");
    }
}
