package io.campaignlauncher.launchfile;

import static io.campaignlauncher.launchfile.Files.preview;
import static io.campaignlauncher.launchfile.Files.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LaunchFileReaderTest {

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @Test
    void makes_a_launch_of_a_row_as_ads_manager_exports_it() {
        var preview = preview(row());

        assertThat(preview.mistakes()).isEmpty();
        assertThat(preview.launchable()).isTrue();
        assertThat(preview.format()).isEqualTo("CSV, UTF-16 LE, tab");
        assertThat(preview.campaigns()).singleElement().satisfies(campaign -> {
            assertThat(campaign.name()).isEqualTo("Spring sale");
            assertThat(campaign.launch()).isEqualTo(
                    json("""
                            {'strategy':'AS_LISTED',
                             'campaign':{'name':'Spring sale','objective':'OUTCOME_SALES','specialAdCategories':[],
                               'graphFields':{'status':'PAUSED','buying_type':'AUCTION',
                                  'bid_strategy':'LOWEST_COST_WITHOUT_CAP',
                                 'start_time':'2025-06-17T13:09:54+02:00'}},
                             'adSets':[{'name':'Women','dailyBudget':1500,'billingEvent':'IMPRESSIONS',
                               'optimizationGoal':'LINK_CLICKS',
                               'targeting':{
                                  'geo_locations':{'countries':['DE','AT'],'location_types':['home','recent']},
                                 'age_min':18,'age_max':65,'targeting_automation':{'advantage_audience':0}},
                               'graphFields':{'status':'ACTIVE','start_time':'2025-06-17T13:09:54+02:00'},
                               'ads':[{'name':'Blue','graphFields':{'status':'ACTIVE'},
                                 'creative':{'object_story_spec':{'page_id':'1000000001','link_data':{
                                   'link':'https://example.com/spring','name':'Spring',
                                    'message':'All \\'must\\' go,\\nnow; today',
                                   'call_to_action':{'type':'LEARN_MORE'},'image':'blue.png'}}}}]}],
                             'pageId':'1000000001'}"""
                            .replace("\\'must\\'", "\\\"must\\\"")));
        });
    }

    @Test
    void puts_rows_together_to_campaigns_and_ad_sets_in_the_order_of_the_file() {
        var preview = preview(row("Ad Name", "a"), row("Ad Set Name", "Men", "Ad Name", "b"),
                row("Ad Name", "c", "Ad Set Daily Budget", ""), row("Campaign Name", "Summer", "Ad Name", "a"));

        assertThat(preview.mistakes()).isEmpty();
        assertThat(preview.campaigns()).extracting(LaunchFile.Campaign::name, LaunchFile.Campaign::row,
                LaunchFile.Campaign::adSets, LaunchFile.Campaign::ads)
                .containsExactly(tuple("Spring sale", 2, 2, 3),
                        tuple("Summer", 5, 1, 1));
        assertThat(preview.campaigns().getFirst().launch().at("/adSets/0/ads").findValuesAsString("name"))
                .contains("a", "c");
    }

    @Test
    void makes_a_video_ad_of_a_row_with_a_video() {
        var preview = preview(
                row("Creative Type", "Video Page Post Ad", "Video ID", "v:700", "Video File Name", "a.mp4",
                        "Image Hash", "1001:0123456789abcdef0123456789abcdef", "Image File Name", "a.png",
                        "Link Description", "Now",
                        "Display Link", "example.com", "Lead Form ID", "f:55", "Instagram Account ID", "x:77",
                        "URL Tags", "a=b"));

        assertThat(preview.mistakes()).isEmpty();
        assertThat(preview.campaigns().getFirst().launch().at("/adSets/0/ads/0/creative")).isEqualTo(json("""
                {'url_tags':'a=b','object_story_spec':{'page_id':'1000000001','instagram_user_id':'77','video_data':{
                  'video_id':'700','image_hash':'0123456789abcdef0123456789abcdef','title':'Spring',
                  'message':'All \\'must\\' go,\\nnow; today','link_description':'Now',
                  'call_to_action':{'type':'LEARN_MORE','value':{'link':'https://example.com/spring',
                    'link_caption':'example.com','lead_gen_form_id':'55'}}}}}""".replace("\\'must\\'",
                "\\\"must\\\"")));
    }

    @Test
    void the_same_file_has_the_same_keys_and_each_campaign_its_own() {
        var once = preview(row(), row("Campaign Name", "Zażółć", "Ad Name", "x"));
        var again = preview(row(), row("Campaign Name", "Zażółć", "Ad Name", "x"));
        var other = preview(row("Title", "Other"));

        assertThat(once.campaigns()).extracting(LaunchFile.Campaign::idempotencyKey).doesNotHaveDuplicates()
                .allMatch(key -> key.matches("[\\x21-\\x7e]{1,200}"))
                .isEqualTo(again.campaigns().stream().map(LaunchFile.Campaign::idempotencyKey).toList())
                .doesNotContain(other.campaigns().getFirst().idempotencyKey());
    }
}
