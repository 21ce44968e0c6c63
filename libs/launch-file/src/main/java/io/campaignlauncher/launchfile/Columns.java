package io.campaignlauncher.launchfile;

import static io.campaignlauncher.launchfile.Column.Level.AD;
import static io.campaignlauncher.launchfile.Column.Level.AD_SET;
import static io.campaignlauncher.launchfile.Column.Level.CAMPAIGN;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every column that is known by its header. */
final class Columns {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Kind AMOUNT = new Amounts();
    private static final Kind TIME = new Times();
    private static final Kind LIST = new JsonCells(true);
    private static final Kind OBJECT = new JsonCells(false);
    private static final Kind SMALL_WORDS = new Lists(Tokens.SMALL_WORD);
    private static final Kind COUNTRIES = new Lists(Tokens.COUNTRY);
    private static final Kind ZIPS = new Lists(Tokens.ZIP);
    private static final Kind AUDIENCES = new Lists(Tokens.AUDIENCE);
    private static final Kind DEVICES = new Lists(Tokens.DEVICE);
    private static final Kind AGE = new Numbers(13, 65);
    private static final String LINK_DATA = "creative/object_story_spec/link_data/";
    private static final String VIDEO_DATA = "creative/object_story_spec/video_data/";
    private static final String CALL = "call_to_action/";

    static final Column CAMPAIGN_NAME = Column.of("Campaign Name", CAMPAIGN, Texts.NAME, "name");
    static final Column OBJECTIVE = Column.of("Campaign Objective", CAMPAIGN, Constants.OBJECTIVE, "objective");
    static final Column CAMPAIGN_DAILY_BUDGET = Column.of("Campaign Daily Budget", CAMPAIGN, AMOUNT,
            "graphFields/daily_budget");
    static final Column CAMPAIGN_LIFETIME_BUDGET = Column.of("Campaign Lifetime Budget", CAMPAIGN, AMOUNT,
            "graphFields/lifetime_budget");
    static final Column AD_SET_NAME = Column.of("Ad Set Name", AD_SET, Texts.NAME, "name");
    static final Column DAILY_BUDGET = Column.of("Ad Set Daily Budget", AD_SET, AMOUNT, "dailyBudget");
    static final Column LIFETIME_BUDGET = Column.of("Ad Set Lifetime Budget", AD_SET, AMOUNT,
            "graphFields/lifetime_budget");
    static final Column OPTIMIZATION_GOAL = Column.of("Optimization Goal", AD_SET, Constants.OPTIMIZATION_GOAL,
            "optimizationGoal");
    static final Column BILLING_EVENT = Column.of("Billing Event", AD_SET, Constants.BILLING_EVENT, "billingEvent");
    static final Column PIXEL = Column.of("Optimized Conversion Tracking Pixels", AD_SET, new Ids("tp:", "a pixel"),
            "graphFields/promoted_object/pixel_id");
    static final Column COUNTRY = Column.of("Countries", AD_SET, COUNTRIES, "targeting/geo_locations/countries");
    static final Column REGIONS = Column.of("Global Regions", AD_SET, SMALL_WORDS,
            "targeting/geo_locations/country_groups");
    static final Column ZIP = Column.of("Zip", AD_SET, ZIPS, "targeting/geo_locations/zips");
    static final Column EVENT = Column.of("Optimized Event", AD_SET, Constants.CONVERSION_EVENT,
            "graphFields/promoted_object/custom_event_type");
    static final Column CONVERSION = Column.of("Optimized Custom Conversion ID", AD_SET, new Ids("", "a conversion"),
            "graphFields/promoted_object/custom_conversion_id");
    static final Column APPLICATION = Column.of("Application ID", AD_SET, new Ids("", "an app"),
            "graphFields/promoted_object/application_id");
    static final Column AD_NAME = Column.of("Ad Name", AD, Texts.NAME, "name");
    static final Column PAGE = Column.of("Link Object ID", AD, new Ids("o:", "a page"),
            "creative/object_story_spec/page_id");
    static final Column LINK = Column.shown("Link", Texts.LINK, LINK_DATA + "link", VIDEO_DATA + CALL + "value/link");
    static final Column CALL_TO_ACTION = Column.shown("Call to Action", Constants.CALL_TO_ACTION,
            LINK_DATA + CALL + "type", VIDEO_DATA + CALL + "type");
    static final Column IMAGE_HASH = Column.shown("Image Hash", new ImageHashes(), LINK_DATA + "image_hash",
            VIDEO_DATA + "image_hash");
    static final Column IMAGE_FILE = Column.shown("Image File Name", Texts.LINE, LINK_DATA + "image",
            VIDEO_DATA + "image");
    static final Column VIDEO = Column.shown("Video ID", new Ids("v:", "a video"), "", VIDEO_DATA + "video_id");
    static final Column VIDEO_FILE = Column.shown("Video File Name", Texts.LINE, "", VIDEO_DATA + "video");
    static final Column CREATIVE_TYPE = Column.shown("Creative Type", Constants.CREATIVE_TYPE, "", "");

    /** In the order in which files are written. */
    static final List<Column> MAPPED = List.of(CAMPAIGN_NAME,
            Column.of("Campaign Status", CAMPAIGN, Constants.STATUS, "graphFields/status"),
            OBJECTIVE,
            Column.of("Buying Type", CAMPAIGN, Constants.BUYING_TYPE, "graphFields/buying_type"),
            Column.of("Special Ad Categories", CAMPAIGN, new Lists(Constants.SPECIAL_AD_CATEGORY),
                    "specialAdCategories"),
            Column.of("Special Ad Category Country", CAMPAIGN, COUNTRIES, "graphFields/special_ad_category_country"),
            Column.of("Campaign Bid Strategy", CAMPAIGN, Constants.BID_STRATEGY, "graphFields/bid_strategy"),
            CAMPAIGN_DAILY_BUDGET, CAMPAIGN_LIFETIME_BUDGET,
            Column.of("Campaign Spend Limit", CAMPAIGN, AMOUNT, "graphFields/spend_cap"),
            Column.of("Campaign Start Time", CAMPAIGN, TIME, "graphFields/start_time"),
            Column.of("Campaign Stop Time", CAMPAIGN, TIME, "graphFields/stop_time"),
            AD_SET_NAME,
            Column.of("Ad Set Run Status", AD_SET, Constants.STATUS, "graphFields/status"),
            Column.of("Ad Set Time Start", AD_SET, TIME, "graphFields/start_time"),
            Column.of("Ad Set Time Stop", AD_SET, TIME, "graphFields/end_time"),
            DAILY_BUDGET, LIFETIME_BUDGET,
            Column.of("Ad Set Bid Strategy", AD_SET, Constants.BID_STRATEGY, "graphFields/bid_strategy"),
            Column.of("Bid Amount", AD_SET, AMOUNT, "graphFields/bid_amount"),
            Column.of("Destination Type", AD_SET, Constants.DESTINATION_TYPE, "graphFields/destination_type"),
            OPTIMIZATION_GOAL, BILLING_EVENT, PIXEL,
            EVENT,
            Column.of("Custom Event Name", AD_SET, Texts.LINE, "graphFields/promoted_object/custom_event_str"),
            CONVERSION,
            APPLICATION,
            Column.of("Object Store URL", AD_SET, Texts.LINK, "graphFields/promoted_object/object_store_url"),
            Column.of("Attribution Spec", AD_SET, LIST, "graphFields/attribution_spec"),
            Column.of("Frequency Control", AD_SET, LIST, "graphFields/frequency_control_specs"),
            Column.of("Ad Set Schedule", AD_SET, LIST, "graphFields/adset_schedule"),
            Column.of("Beneficiary", AD_SET, Texts.LINE, "graphFields/dsa_beneficiary"),
            Column.of("Payer", AD_SET, Texts.LINE, "graphFields/dsa_payor"),
            COUNTRY,
            REGIONS, ZIP,
            Column.of("Location Types", AD_SET, SMALL_WORDS, "targeting/geo_locations/location_types"),
            Column.of("Excluded Countries", AD_SET, COUNTRIES, "targeting/excluded_geo_locations/countries"),
            Column.of("Excluded Zip", AD_SET, ZIPS, "targeting/excluded_geo_locations/zips"),
            Column.of("Gender", AD_SET, Words.gender(), "targeting/genders"),
            Column.of("Age Min", AD_SET, AGE, "targeting/age_min"),
            Column.of("Age Max", AD_SET, AGE, "targeting/age_max"),
            Column.of("Age Range", AD_SET, new Lists(AGE), "targeting/age_range"),
            Column.of("Advantage Audience", AD_SET, Words.yesNo(), "targeting/targeting_automation/advantage_audience"),
            Column.of("Targeting Optimization", AD_SET, Words.targetingOptimization(),
                    "targeting/targeting_optimization"),
            Column.of("Locales", AD_SET, new Lists(new Numbers(1, 9999)), "targeting/locales"),
            Column.of("Custom Audiences", AD_SET, AUDIENCES, "targeting/custom_audiences"),
            Column.of("Excluded Custom Audiences", AD_SET, AUDIENCES, "targeting/excluded_custom_audiences"),
            Column.of("Flexible Inclusions", AD_SET, LIST, "targeting/flexible_spec"),
            Column.of("Flexible Exclusions", AD_SET, OBJECT, "targeting/exclusions"),
            Column.of("Publisher Platforms", AD_SET, SMALL_WORDS, "targeting/publisher_platforms"),
            Column.of("Facebook Positions", AD_SET, SMALL_WORDS, "targeting/facebook_positions"),
            Column.of("Instagram Positions", AD_SET, SMALL_WORDS, "targeting/instagram_positions"),
            Column.of("Messenger Positions", AD_SET, SMALL_WORDS, "targeting/messenger_positions"),
            Column.of("Audience Network Positions", AD_SET, SMALL_WORDS, "targeting/audience_network_positions"),
            Column.of("Device Platforms", AD_SET, SMALL_WORDS, "targeting/device_platforms"),
            Column.of("User Device", AD_SET, DEVICES, "targeting/user_device"),
            Column.of("User Operating System", AD_SET, DEVICES, "targeting/user_os"),
            Column.of("Brand Safety Inventory Filtering Levels", AD_SET, new Lists(Tokens.CONSTANT),
                    "targeting/brand_safety_content_filter_levels"),
            AD_NAME,
            Column.of("Ad Status", AD, Constants.STATUS, "graphFields/status"),
            Column.of("Ad Start Time", AD, TIME, "graphFields/ad_schedule_start_time"),
            Column.of("Ad Stop Time", AD, TIME, "graphFields/ad_schedule_end_time"),
            PAGE,
            Column.of("Instagram Account ID", AD, new Ids("x:", "an Instagram account"),
                    "creative/object_story_spec/instagram_user_id"),
            CREATIVE_TYPE,
            Column.shown("Title", Texts.PARAGRAPHS, LINK_DATA + "name", VIDEO_DATA + "title"),
            Column.shown("Body", Texts.PARAGRAPHS, LINK_DATA + "message", VIDEO_DATA + "message"),
            LINK,
            Column.shown("Link Description", Texts.PARAGRAPHS, LINK_DATA + "description",
                    VIDEO_DATA + "link_description"),
            Column.shown("Display Link", Texts.LINE, LINK_DATA + "caption", VIDEO_DATA + CALL + "value/link_caption"),
            Column.of("URL Tags", AD, Texts.LINE, "creative/url_tags"),
            CALL_TO_ACTION,
            Column.shown("Lead Form ID", new Ids("f:", "a lead form"), LINK_DATA + CALL + "value/lead_gen_form_id",
                    VIDEO_DATA + CALL + "value/lead_gen_form_id"),
            IMAGE_HASH, IMAGE_FILE, VIDEO, VIDEO_FILE);

    /** One of them says where ads are shown. */
    static final List<Column> PLACES = List.of(COUNTRY, REGIONS, ZIP);
    /** One of them says where conversions are told. */
    static final List<Column> CONVERTED = List.of(PIXEL, CONVERSION, APPLICATION);
    /** One of them says what a pixel is watched for. */
    static final List<Column> EVENTS = List.of(EVENT, CONVERSION);

    /** A filled one asks for a change of what is there already. */
    static final Set<String> CHANGED = keys("Campaign ID", "Ad Set ID", "Ad ID");

    /** What an export tells about ads that are there; an import takes nothing from them. */
    static final Set<String> TOLD = keys("Preview Link", "Instagram Preview Link", "Permalink");

    /** Columns that are not mapped, with what they hold where nobody has set them. */
    static final Map<String, Set<String>> DEFAULTS = Map.ofEntries(unmapped("New Objective", "yes"),
            unmapped("Buy With Prime Type", "none"), unmapped("Buy With Integration Partner", "none"),
            unmapped("Is Budget Scheduling Enabled For Campaign", "no"), unmapped("Campaign High Demand Periods", "[]"),
            unmapped("Ad Set Lifetime Impressions", "0"), unmapped("Is Budget Scheduling Enabled For Ad Set", "no"),
            unmapped("Ad Set High Demand Periods", "[]"), unmapped("Optimize text per person", "no"),
            unmapped("Optimized Ad Creative", "no"), unmapped("Additional Custom Tracking Specs", "[]"),
            unmapped("Video Retargeting", "no"), unmapped("Use Page as Actor", "no"));

    private static final Map<String, String> ALSO_CALLED = Map.of("ad set status", "ad set run status", "objective",
            "campaign objective", "headline", "title", "primary text", "body");
    private static final Map<String, Column> BY_KEY = MAPPED.stream()
            .collect(Collectors.toMap(column -> key(column.header()), Function.identity()));

    private Columns() {}

    static @Nullable Column mapped(String header) {
        var key = key(header);
        return BY_KEY.get(ALSO_CALLED.getOrDefault(key, key));
    }

    /** Whether Ads Manager has it, mapped or not; of those that it has hundreds of, the ones that are told here. */
    static boolean known(String header) {
        var key = key(header);
        return mapped(header) != null || CHANGED.contains(key) || TOLD.contains(key) || DEFAULTS.containsKey(key);
    }

    /** What makes two headers the same. */
    static String key(String header) {
        return BLANKS.matcher(header.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
    }

    private static Set<String> keys(String... headers) {
        return Arrays.stream(headers).map(Columns::key).collect(Collectors.toUnmodifiableSet());
    }

    private static Map.Entry<String, Set<String>> unmapped(String header, String... defaults) {
        return Map.entry(key(header), Set.of(defaults));
    }
}
