package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.testing.DescribedApi;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API says neither more nor less than there is. */
class OpenApiTest {

    /** Served by the framework or by other parts of the service. */
    private static final Set<String> ELSEWHERE = Set.of("GET /actuator/health/liveness",
            "GET /actuator/health/readiness", "GET /actuator/health/serving",
            "GET /actuator/info", "GET /actuator/prometheus", "GET /v1/kill-switches",
            "GET /v1/kill-switches/{name}",
            "PUT /v1/kill-switches/{name}");
    /** Part of a page, of no use to a caller. */
    private static final Set<String> NOT_FOR_CALLERS = Set.of("GET /docs/start.js");

    private static final Pattern ROUTE = Pattern.compile("\\((\\w+) && (\\S+)\\) ->");

    private static HttpApi api;
    private final DescribedApi description = HttpApi.DESCRIBED;

    @BeforeAll
    static void start() {
        api = new HttpApi("open_api", HttpSettings.defaults());
    }

    @Test
    void describes_every_route_and_no_other() {
        var routes = routes();
        var described = description.operations();
        assertThat(described).containsAll(ELSEWHERE);
        described.removeAll(ELSEWHERE);
        routes.removeAll(NOT_FOR_CALLERS);
        assertThat(described).isEqualTo(routes).hasSizeGreaterThan(15);
    }

    @Test
    void refers_to_nothing_that_is_not_there() {
        var references = description.document().findValuesAsString("$ref");
        assertThat(references).hasSizeGreaterThan(100).allSatisfy(
                reference -> assertThat(description.document().at(reference.substring(1)).isObject()).isTrue());
    }

    @Test
    void names_every_operation_and_every_variable_of_its_path() {
        var names = new ArrayList<String>();
        description.document().path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> !method.getKey().equals("parameters"))
                .forEach(method -> {
                    names.add(method.getValue().path("operationId").stringValue());
                    assertThat(method.getValue().path("summary").stringValue()).isNotBlank();
                    var variables = Stream.concat(path.getValue().path("parameters").valueStream(),
                            method.getValue().path("parameters").valueStream())
                            .map(description::resolved)
                            .filter(parameter -> parameter.path("in").stringValue().equals("path"))
                            .map(parameter -> "{" + parameter.path("name").stringValue() + "}")
                            .toList();
                    assertThat(variables).as(path.getKey()).isEqualTo(Stream.of(path.getKey().split("/"))
                            .filter(part -> part.startsWith("{")).toList());
                }));
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void gives_examples_that_are_as_it_says() {
        var examples = new ArrayList<String>();
        for (var operation : description.operations()) {
            var parts = operation.split(" ");
            var body = description.resolved(description.document().path("paths").path(parts[1])
                    .path(parts[0].toLowerCase(java.util.Locale.ROOT)).path("requestBody"))
                    .path("content").path("application/json");
            if (body.has("example")) {
                description.check(body.path("schema"), body.path("example"), operation);
                examples.add(operation);
            }
        }
        assertThat(examples).hasSizeGreaterThan(5);
        var launch = description.document().at("/paths/~1v1~1jobs/post/requestBody/content/application~1json/example");
        api.client.post().uri("/v1/jobs").header("Idempotency-Key", "example")
                .contentType(org.springframework.http.MediaType.APPLICATION_JSON).bodyValue(launch.toString())
                .exchange().expectStatus().isAccepted();
    }

    @Test
    void would_notice_an_answer_that_is_not_as_it_says() {
        JsonNode problem = JsonMapper.shared()
                .readTree("{\"title\":\"t\",\"status\":400,\"detail\":\"d\",\"errors\":[],\"stack\":\"x\"}");
        assertThatThrownBy(() -> description.check(description.schema("Problem"), problem, "a problem"))
                .isInstanceOf(AssertionError.class).hasMessageContaining("stack");
        JsonNode time = JsonMapper.shared().readTree("\"yesterday\"");
        assertThatThrownBy(() -> description.check(description.schema("Time"), time, "a time"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void is_served_with_a_page_that_shows_it() {
        api.client.get().uri("/openapi.yaml").exchange().expectStatus().isOk()
                .expectBody(String.class).value(text -> assertThat(text).startsWith("openapi: 3.1"));
        api.client.get().uri("/docs").exchange().expectStatus().isOk()
                .expectHeader()
                .valueMatches("Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; .*frame-ancestors 'none'")
                .expectBody(String.class).value(page -> assertThat(page).contains("/webjars/swagger-ui/")
                        .doesNotContain("http://", "https://", "//cdn"));
    }

    /** What the routers answer, each as method, blank, path. */
    private static TreeSet<String> routes() {
        var text = api.routes.toString();
        var routes = ROUTE.matcher(text).results().map(route -> route.group(1) + " " + route.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(text.split("->")).as("each route is a method and a path: %s", text).hasSize(routes.size() + 1);
        return routes;
    }
}
