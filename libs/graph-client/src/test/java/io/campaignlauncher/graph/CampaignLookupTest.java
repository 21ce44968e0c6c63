package io.campaignlauncher.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CampaignLookupTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void asks_for_exactly_one_name_whatever_characters_it_has() {
        var read = CampaignLookup.named("act_1", "Big \"Sale\" \\ {50}", "id,name");

        assertThat(read.path()).isEqualTo("act_1/campaigns");
        var filter = JSON.readTree(read.parameters().get("filtering")).path(0);
        assertThat(filter.path("field").asString()).isEqualTo("name");
        assertThat(filter.path("operator").asString()).isEqualTo("EQUAL");
        assertThat(filter.path("value").asString()).isEqualTo("Big \"Sale\" \\ {50}");
    }

    @Test
    void knows_a_job_s_campaign_by_its_label_alone() {
        var edge = JSON.readTree("""
                {"data":[{"id":"1","name":"Sale"},
                         {"id":"2","name":"Sale","adlabels":[{"id":"7","name":"job-a"},{"id":"8","name":"spring"}]},
                         {"id":"3","name":"Sale","adlabels":[{"id":"9","name":"job-ab"}]}]}""");

        assertThat(CampaignLookup.labelled(edge, "job-a")).extracting(item -> item.path("id").asString())
                .containsExactly("2");
    }
}
