package io.campaignlauncher.job.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.ReleasedSchema;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever reads topics without our jar finds each schema by the fingerprint in a record. */
class SchemaRoutesTest {

    private final WebTestClient client = WebTestClient
            .bindToRouterFunction(new HttpConfiguration().schemaRoutes()).configureClient()
            .filter(HttpApi.checkingAnswers()).build();

    @Test
    void every_schema_is_listed_and_is_where_its_fingerprint_says() throws Exception {
        var listed = json(get("/v1/schemas")).path("schemas").valueStream().toList();

        assertThat(listed).hasSameSizeAs(ReleasedSchema.all()).hasSizeGreaterThan(100);
        for (var one : listed) {
            var text = text(get(one.path("href").stringValue()));
            var schema = new SchemaParser().parse(text).mainSchema();
            assertThat(schema.getName()).isEqualTo(one.path("name").stringValue());
            assertThat(one.path("fingerprint").stringValue()).isEqualTo(
                    HexFormat.of().formatHex(SchemaNormalization.parsingFingerprint("CRC-64-AVRO", schema)));
        }
    }

    @Test
    void versions_are_in_their_order() {
        var versions = json(get("/v1/schemas")).path("schemas").valueStream()
                .filter(one -> one.path("name").stringValue().equals("CreateCampaign"))
                .map(one -> one.path("version").intValue()).toList();

        assertThat(versions).hasSizeGreaterThan(2).isSorted();
    }

    @Test
    void a_schema_may_be_kept_for_ever_and_what_names_them_is_asked_for_again() {
        var schema = ReleasedSchema.all().getFirst();
        var answer = get("/v1/schemas/" + schema.fingerprint());

        assertThat(answer.getResponseHeaders().getCacheControl())
                .contains("public", "immutable", "max-age=31536000");
        assertThat(answer.getResponseHeaders().getETag()).isEqualTo("\"" + schema.fingerprint() + "\"");
        for (var path : List.of("/v1/schemas", "/asyncapi.yaml")) {
            assertThat(get(path).getResponseHeaders().getCacheControl()).contains("no-cache");
        }
    }

    @Test
    void who_has_it_already_is_not_sent_it_again() {
        for (var path : List.of("/v1/schemas", "/asyncapi.yaml",
                "/v1/schemas/" + ReleasedSchema.all().getLast().fingerprint())) {
            var tag = get(path).getResponseHeaders().getETag();
            client.get().uri(path).header(HttpHeaders.IF_NONE_MATCH, tag).exchange().expectStatus().isNotModified();
            client.get().uri(path).header(HttpHeaders.IF_NONE_MATCH, "\"other\"").exchange().expectStatus().isOk();
        }
    }

    @Test
    void what_was_never_released_is_not_there() {
        for (var fingerprint : List.of("0000000000000000", "x", "B9F79F3F19D762A2", "..%2Findex.txt", "%00")) {
            assertThat(client.get().uri(URI.create("/v1/schemas/" + fingerprint)).exchange()
                    .expectBody(String.class).returnResult().getStatus()).as(fingerprint)
                    .isEqualTo(HttpStatus.NOT_FOUND);
        }
    }

    @Test
    void the_contract_leads_to_a_schema_that_is_served_for_every_message() {
        var contract = text(get("/asyncapi.yaml"));
        var references = Pattern.compile("\\$ref: (/v1/schemas/[0-9a-f]{16})\n").matcher(contract).results()
                .map(found -> found.group(1)).toList();

        assertThat(contract).startsWith("asyncapi: 3.0").doesNotContain("src/main");
        assertThat(references).hasSizeGreaterThan(40)
                .allSatisfy(reference -> assertThat(get(reference).getStatus()).isEqualTo(HttpStatus.OK));
        Map<String, Object> tree = new Yaml().load(contract);
        assertThat(tree).containsKeys("channels", "components");
    }

    private EntityExchangeResult<byte[]> get(String path) {
        return client.get().uri(path).exchange().expectStatus().isOk().expectBody().returnResult();
    }

    private static JsonNode json(EntityExchangeResult<byte[]> answer) {
        return JsonMapper.shared().readTree(answer.getResponseBody());
    }

    private static String text(EntityExchangeResult<byte[]> answer) {
        return new String(answer.getResponseBody(), StandardCharsets.UTF_8);
    }
}
