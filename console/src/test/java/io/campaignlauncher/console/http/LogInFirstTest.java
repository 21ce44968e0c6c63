package io.campaignlauncher.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class LogInFirstTest {

    @Test
    void leads_back_to_the_page_with_its_query() {
        assertThat(LogInFirst.address(MockServerHttpRequest.get("/console/jobs/1?at=17").build()))
                .hasToString("/console/login?next=%2Fconsole%2Fjobs%2F1%3Fat%3D17");
    }

    @Test
    void leads_back_from_a_form_to_the_page_that_it_is_on() {
        assertThat(LogInFirst.address(MockServerHttpRequest.post("/console/jobs/1/cancel")
                .header("referer", "http://localhost:8080/console/jobs/1?at=17").build()))
                .hasToString("/console/login?next=%2Fconsole%2Fjobs%2F1%3Fat%3D17");
        assertThat(LogInFirst.address(MockServerHttpRequest.post("/console/jobs/1/cancel").build()))
                .hasToString("/console/login?next=%2Fconsole");
    }

    @Test
    void leads_nobody_elsewhere_and_not_to_itself() {
        assertThat(LogInFirst.address(MockServerHttpRequest.post("/console/jobs/1/cancel")
                .header("referer", "https://example.com//evil").build())).hasToString("/console/login?next=%2Fconsole");
        assertThat(LogInFirst.address(MockServerHttpRequest.post("/console/logout")
                .header("referer", "not an address").build())).hasToString("/console/login?next=%2Fconsole");
        assertThat(LogInFirst.address(MockServerHttpRequest.get("/console/login?next=%2Fconsole%2Fx").build()))
                .hasToString("/console/login");
    }
}
