package io.campaignlauncher.launchfile;

import static io.campaignlauncher.launchfile.Files.BERLIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.request.LaunchJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LaunchFileWriterTest {

    private static final String LISTED = """
            {'userId':'u-1','adAccountId':'act_1001','credentialId':'default','strategy':'AS_LISTED','priority':9,
             'pageId':'1000000001','pixelId':'2000000001',
             'campaign':{'name':'=Spring','objective':'OUTCOME_SALES','specialAdCategories':[],
               'graphFields':{'daily_budget':5000,'pacing_type':['standard']}},
             'adSet':{'billingEvent':'IMPRESSIONS','optimizationGoal':'OFFSITE_CONVERSIONS',
               'targeting':{'geo_locations':{'countries':['US']}},'graphFields':{'status':'PAUSED'}},
             'ad':{'creative':{'object_story_spec':{
                           'page_id':'1000000001','link_data':{'link':'https://example.com'}}},
               'graphFields':{'status':'ACTIVE'}},
             'adSets':[{'name':'a','ads':[{'name':'1'},{'name':'2','graphFields':{'status':'PAUSED'}}]},
               {'name':'b','targeting':{'geo_locations':{'countries':['CA'],'regions':[{'key':'1'}]}},
                'graphFields':{'bid_amount':150},'ads':[{'name':'3'}]}]}""";

    private static ObjectNode body(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    private static WrittenFile write(ObjectNode launch, ByteArrayOutputStream file) {
        try {
            return new LaunchFileWriter(BERLIN).write(List.of(launch), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(ObjectNode launch) {
        var file = new ByteArrayOutputStream();
        write(launch, file);
        return file.toString(StandardCharsets.UTF_16LE);
    }

    @Test
    void writes_as_ads_manager_does_the_columns_that_are_in_use_and_no_formula() {
        var file = new ByteArrayOutputStream();
        write(body(LISTED), file);

        assertThat(Arrays.copyOf(file.toByteArray(), 2)).isEqualTo(new byte[]{ (byte) 0xFF, (byte) 0xFE });
        assertThat(file.toString(StandardCharsets.UTF_16LE).substring(1).split("\r\n")).containsExactly(
                "Campaign Name\tCampaign Objective\tCampaign Daily Budget\tAd Set Name\tAd Set Run Status\tBid Amount\t"
                        + "Optimization Goal\tBilling Event\tOptimized Conversion Tracking Pixels\tCountries\tAd Name\t"
                        + "Ad Status\tLink Object ID\tCreative Type\tLink",
                "'=Spring\tOUTCOME_SALES\t50.00\ta\tPAUSED\t\tOFFSITE_CONVERSIONS\tIMPRESSIONS\ttp:2000000001\tUS\t1\t"
                        + "ACTIVE\to:1000000001\tLink Page Post Ad\thttps://example.com",
                "'=Spring\tOUTCOME_SALES\t50.00\ta\tPAUSED\t\tOFFSITE_CONVERSIONS\tIMPRESSIONS\ttp:2000000001\tUS\t2\t"
                        + "PAUSED\to:1000000001\tLink Page Post Ad\thttps://example.com",
                "'=Spring\tOUTCOME_SALES\t50.00\tb\tPAUSED\t1.50\tOFFSITE_CONVERSIONS\tIMPRESSIONS\t"
                        + "tp:2000000001\tCA\t3\tACTIVE\to:1000000001\tLink Page Post Ad\thttps://example.com");
    }

    @Test
    void names_what_no_column_can_say() {
        assertThat(write(body(LISTED), new ByteArrayOutputStream())).isEqualTo(new WrittenFile(3, List.of(
                "=Spring/campaign/graphFields/pacing_type/0",
                "=Spring/adSets/1/targeting/geo_locations/regions/0/key")));
    }

    @Test
    void names_what_would_be_read_as_something_else() {
        var launch = body("""
                {'campaign':{'name':' Spring ','objective':'OUTCOME_SALES'},
                 'adSets':[{'name':'a','dailyBudget':2000,'targeting':{'genders':[1,2],'age_min':12,'user_os':['a, b'],
                     'geo_locations':{'countries':['us']},'custom_audiences':[{'id':'5','name':'x'}]},
                   'graphFields':{'start_time':'soon','spend_cap':5},
                   'ads':[{'name':'1','creative':{'url_tags':' a=b','object_story_spec':{'page_id':'page',
                     'link_data':{'link':'example.com','message':' kept '}}}}]}]}""");

        assertThat(write(launch, new ByteArrayOutputStream()).leftOut()).containsExactlyInAnyOrder(
                " Spring /campaign/name", " Spring /adSets/0/targeting/genders/0",
                " Spring /adSets/0/targeting/genders/1",
                " Spring /adSets/0/targeting/age_min", " Spring /adSets/0/targeting/user_os/0",
                " Spring /adSets/0/targeting/geo_locations/countries/0",
                " Spring /adSets/0/targeting/custom_audiences/0/id",
                " Spring /adSets/0/targeting/custom_audiences/0/name",
                " Spring /adSets/0/graphFields/start_time", " Spring /adSets/0/graphFields/spend_cap",
                " Spring /adSets/0/ads/0/creative/url_tags",
                " Spring /adSets/0/ads/0/creative/object_story_spec/page_id",
                " Spring /adSets/0/ads/0/creative/object_story_spec/link_data/link");
    }

    @Test
    void without_the_currency_an_amount_is_left_out_by_name_and_not_guessed() throws IOException {
        var written = new LaunchFileWriter(Account.UNKNOWN).write(List.of(body(LISTED)), new ByteArrayOutputStream());

        assertThat(written.leftOut()).contains("=Spring/campaign/graphFields/daily_budget",
                "=Spring/adSets/1/graphFields/bid_amount");
    }

    @Test
    void a_launch_that_only_counts_its_ads_is_written_with_the_names_of_its_plan() {
        var counted = body(
                """
                        {'userId':'u-1','adAccountId':'act_1001','credentialId':'default','strategy':'FOR_ALL',
                         'adSetCount':2,
                         'campaign':{'name':'Spring','objective':'OUTCOME_TRAFFIC','specialAdCategories':[]},
                         'adSet':{'dailyBudget':2000,'billingEvent':'IMPRESSIONS','optimizationGoal':'LINK_CLICKS',
                           'targeting':{'geo_locations':{'countries':['US']}}},
                         'ad':{'creative':{'object_story_spec':{
                           'page_id':'7','link_data':{'link':'https://example.com'}}}}}""");
        var plan = LaunchPlan.of(LaunchJson.read(counted, "key", new ArrayList<Violation>()));
        var listed = ListedLaunch.of(counted, plan);

        assertThat(text(listed).lines().skip(1)).containsExactly(
                "Spring\tOUTCOME_TRAFFIC\tSpring / ad set 1\t20.00\tLINK_CLICKS\tIMPRESSIONS\tUS\tSpring / ad 1\to:7\t"
                        + "Link Page Post Ad\thttps://example.com",
                "Spring\tOUTCOME_TRAFFIC\tSpring / ad set 2\t20.00\tLINK_CLICKS\tIMPRESSIONS\tUS\tSpring / ad 2\to:7\t"
                        + "Link Page Post Ad\thttps://example.com");
        assertThat(write(listed, new ByteArrayOutputStream()).leftOut()).isEmpty();
        assertThat(ListedLaunch.of(listed, plan)).isSameAs(listed);
    }

    @Test
    void a_listed_launch_says_of_each_ad_what_its_turn_was_and_of_each_ad_set_the_one_budget_that_it_has() {
        var body = body("""
                {'strategy':'FOR_ADS','adCount':2,'campaign':{'name':'Spring','objective':'OUTCOME_TRAFFIC'},
                 'adSet':{'name':'All','dailyBudget':2000,'billingEvent':'IMPRESSIONS','optimizationGoal':'LINK_CLICKS',
                          'targeting':{'geo_locations':{'countries':['US']}}},
                 'ad':{'name':'Ad {n}','texts':['Buy','Look'],'creative':{'object_story_spec':{'page_id':'7',
                       'link_data':{'link':'https://example.com','message':'{text} now'}}}}}""");
        var listed = ListedLaunch.of(body, LaunchPlan.of(LaunchJson.read(body, "key", new ArrayList<Violation>())));

        assertThat(text(listed)).contains("Ad 1").contains("Buy now").contains("Ad 2").contains("Look now")
                .doesNotContain("{text}");
        var own = listed.deepCopy();
        ((ObjectNode) own.path("adSets").get(0)).putObject("graphFields").put("lifetime_budget", 90_000)
                .put("end_time", "2027-01-01T00:00:00+0000");
        assertThat(text(own)).contains("900.00").doesNotContain("20.00");
    }
}
