package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The lists of Graph fields, beside what Facebook's own client sends. */
class FurtherFieldsTest {

    @ParameterizedTest
    @CsvSource({ "CAMPAIGN, CreateCampaign", "AD_SET, CreateAdSet", "AD, CreateAd" })
    void every_parameter_of_facebooks_client_was_decided_on_and_no_other(FurtherFields fields, String create)
            throws ReflectiveOperationException {
        Field parameters = Class.forName("com.facebook.ads.sdk.AdAccount$APIRequest" + create)
                .getDeclaredField("PARAMS");
        parameters.setAccessible(true);

        assertThat(fields.known()).containsExactlyInAnyOrder((String[]) parameters.get(null));
    }

    @ParameterizedTest
    @EnumSource
    void nothing_that_may_be_given_says_what_a_call_does_or_names_a_second_parent(FurtherFields fields) {
        assertThat(fields.given()).doesNotContain("batch", "method", "ids", "asyncbatch", "include_headers",
                "suppress_http_code", "access_token", "execution_options", "adset_spec", "campaign_spec", "date_format",
                "file", "name", "adlabels", "campaign_id", "adset_id");
    }
}
