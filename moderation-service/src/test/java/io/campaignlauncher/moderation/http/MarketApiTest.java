package io.campaignlauncher.moderation.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.testing.DescribedApi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the marketplace's API says neither more nor less than there is. That answers are as it says, every IT of this service looks. */
class MarketApiTest {

    private final DescribedApi description = DescribedApi.of("/api/market.yaml");

    @Test
    void describes_every_route_and_no_other() {
        var routes = Arrays.stream(MarketRoute.values()).map(MarketRoute::rule)
                .filter(rule -> !rule.path().startsWith("/actuator"))
                .map(rule -> rule.method() + " " + rule.path()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(description.operations()).isEqualTo(routes).hasSizeGreaterThan(25);
    }

    @Test
    void only_what_is_open_to_everybody_needs_no_token() {
        for (var route : MarketRoute.values()) {
            var rule = route.rule();
            if (!rule.path().startsWith("/actuator")) {
                var operation = operation(rule.method() + " " + rule.path());
                assertThat(operation.has("security")).as("%s", route).isEqualTo(rule.who() == RouteRule.Who.ANYBODY);
                assertThat(operation.path("responses").has("401")).as("%s", route)
                        .isEqualTo(rule.who() != RouteRule.Who.ANYBODY);
            }
        }
    }

    @Test
    void refers_to_nothing_that_is_not_there() {
        assertThat(description.document().findValuesAsString("$ref")).hasSizeGreaterThan(100)
                .allSatisfy(reference -> assertThat(description.document().at(reference.substring(1)).isObject())
                        .as(reference).isTrue());
    }

    @Test
    void names_every_operation_and_every_variable_of_its_path() {
        var names = new ArrayList<String>();
        for (var each : description.operations()) {
            var path = each.split(" ")[1];
            var operation = operation(each);
            names.add(operation.path("operationId").asString());
            assertThat(operation.path("summary").asString()).as(each).isNotBlank();
            var variables = description.document().path("paths").path(path).path("parameters").valueStream()
                    .map(description::resolved).map(parameter -> "{" + parameter.path("name").asString() + "}");
            assertThat(variables).as(each)
                    .containsExactlyElementsOf(
                            Stream.of(path.split("/")).filter(part -> part.startsWith("{")).toList());
        }
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void gives_examples_that_are_as_it_says() {
        var examples = new ArrayList<String>();
        for (var each : description.operations()) {
            var body = operation(each).path("requestBody").path("content").path("application/json");
            if (!body.isMissingNode()) {
                description.check(body.path("schema"), body.path("example"), each);
                examples.add(each);
            }
        }
        assertThat(examples).hasSizeGreaterThan(8);
    }

    @Test
    void would_notice_an_answer_that_is_not_as_it_says() {
        var wallet = "{\"balance\":\"1.0\",\"held\":\"0.00\"}".getBytes(UTF_8);
        assertThatThrownBy(() -> description.check("GET", "/api/wallet", 200, "application/json", wallet))
                .isInstanceOf(AssertionError.class).hasMessageContaining("balance");
        JsonNode campaign = JsonMapper.shared().readTree("{\"id\":\"7\",\"status\":\"draft\"}");
        assertThatThrownBy(() -> description.check(description.schema("Changed"), campaign, "a campaign"))
                .isInstanceOf(AssertionError.class).hasMessageContaining("uuid");
        assertThatThrownBy(() -> description.check("GET", "/api/wallet", 418, "application/json", wallet))
                .isInstanceOf(AssertionError.class).hasMessageContaining("not described");
    }

    private JsonNode operation(String methodAndPath) {
        var parts = methodAndPath.split(" ");
        return description.document().path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }
}
