package io.campaignlauncher.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other languages make the same ids: UUID version 3 without a name space, MD5 of the UTF-8 bytes. */
class JobIdsTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            u-1,      summer-2026,     f3bd534f-c963-3068-b156-a4d57860e592
            u-1,      summer-2027,     8b029b2f-fbaa-391f-8f84-e92989745788
            u-2,      summer-2026,     cadcffbe-45e9-368e-97d3-3953bf3b2ca6
            u,        -1summer-2026,   6c38cd2c-73c5-359f-97f2-1e3b5826c2ee
            Jörg 🎯,  größe,           be1d4f28-67c9-3bd1-905c-8bcd4bdc0c43
            '',       '',              93b885ad-fe0d-3089-8df6-34904fd59f71
            """)
    void names_the_same_job_for_the_same_request_of_the_same_user(String userId, String idempotencyKey, String jobId) {
        assertThat(JobIds.of(userId, idempotencyKey)).hasToString(jobId);
        assertThat(JobIds.of("local", userId, idempotencyKey)).hasToString(jobId);
    }

    @Test
    void names_another_job_for_the_same_request_of_another_tenant() {
        assertThat(JobIds.of("acme", "u-1", "summer-2026")).hasToString("5bc05858-eb09-305c-ab45-b971c150b8b1");
        assertThat(
                Stream.of(JobIds.of("acme", "u-1", "k"), JobIds.of("acm", "eu-1", "k"), JobIds.of("acme-2", "u-1", "k"),
                        JobIds.of("acme", "u-1k", ""), JobIds.of("u-1", "k"), JobIds.of("acmeu-1", "k")))
                .doesNotHaveDuplicates();
    }

    @Test
    void names_the_job_that_a_request_asks_for() {
        var request = CreateCampaign.newBuilder().setUserId("u-1").setIdempotencyKey("summer-2026");
        assertThat(JobIds.of(request.build())).isEqualTo(JobIds.of("u-1", "summer-2026"));
        assertThat(JobIds.of(request.setTenant("acme").build())).isEqualTo(JobIds.of("acme", "u-1", "summer-2026"));
    }
}
