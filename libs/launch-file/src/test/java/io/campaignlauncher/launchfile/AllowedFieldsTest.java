package io.campaignlauncher.launchfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.RequestRules;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.LaunchJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AllowedFieldsTest {

    @Test
    void the_example_of_the_template_breaks_no_rule_of_a_launch() throws IOException {
        var file = new ByteArrayOutputStream();
        LaunchFileTemplate.writeCsv(file);
        var preview = (LaunchFile.Preview) new LaunchFileReader(
                new LaunchFileReader.Options(new Account("USD", ZoneOffset.UTC), false))
                .read(new ByteArrayInputStream(file.toByteArray()));
        var body = preview.campaigns().getFirst().launch().deepCopy().put("userId", "u").put("adAccountId", "act_1")
                .put("credentialId", "c");
        var found = new ArrayList<Violation>();

        var request = LaunchJson.read(body, preview.campaigns().getFirst().idempotencyKey(), found);

        assertThat(found).isEmpty();
        assertThat(RequestRules.violations(request)).isEmpty();
        assertThat(request.variations().adSets()).isNotEmpty();
    }

    @Test
    void every_further_field_that_a_column_becomes_is_one_that_a_launch_may_give() {
        var body = (ObjectNode) JsonMapper.shared().readTree("{\"campaign\":{},\"adSet\":{},\"ad\":{}}");
        for (var column : Columns.MAPPED) {
            var entry = switch (column.of()) {
                case CAMPAIGN -> body.get("campaign");
                case AD_SET -> body.get("adSet");
                case AD -> body.get("ad");
            };
            if (!column.path().isEmpty() && column.path().getFirst().equals("graphFields")) {
                ((ObjectNode) entry).withObjectProperty("graphFields").put(column.path().get(1), "ACTIVE");
            }
        }
        var found = new ArrayList<Violation>();
        var request = LaunchJson.read(body, "key", found);

        assertThat(request.adSet().graphFields()).hasSizeGreaterThan(10);
        assertThat(found).isEmpty();
        assertThat(RequestRules.violations(request)).extracting(Violation::field)
                .noneMatch(field -> field.contains("graphFields.") && !field.endsWith("_budget"));
    }
}
