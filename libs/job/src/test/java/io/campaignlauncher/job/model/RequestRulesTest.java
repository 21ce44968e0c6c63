package io.campaignlauncher.job.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.request.CanonicalJson;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each field of a request: what is taken, what is not, and what is said about it. */
class RequestRulesTest {

    private static List<Violation> violations(Consumer<RequestSample> change) {
        var request = new RequestSample();
        change.accept(request);
        return RequestRules.violations(request.build());
    }

    private static void isFine(Consumer<RequestSample> change) {
        assertThat(violations(change)).isEmpty();
    }

    private static void breaks(String field, String message, Consumer<RequestSample> change) {
        assertThat(violations(change)).containsExactly(new Violation(field, message));
    }

    @Test
    void a_good_request_breaks_no_rule() {
        isFine(_ -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = { "local", "a", "acme-2", "0" })
    void a_tenant_is_a_short_plain_word(String tenant) {
        isFine(r -> r.ownership = new Ownership(tenant, "ann@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "Acme", "a/b", "a.b", "ac\u0000me", "caf\u00e9" })
    void a_tenant_is_nothing_else(String tenant) {
        breaks("tenant", "must be 1 to 63 small letters, digits and dashes, and not begin with a dash",
                r -> r.ownership = new Ownership(tenant, "ann"));
    }

    @Test
    void an_owner_is_somebody() {
        breaks("tenant", "must be 1 to 63 small letters, digits and dashes, and not begin with a dash",
                r -> r.ownership = new Ownership("a".repeat(64), "ann"));
        breaks("owner", "is needed", r -> r.ownership = new Ownership("acme", " "));
        breaks("owner", "may hold no control characters", r -> r.ownership = new Ownership("acme", "a\u0000b"));
        isFine(r -> r.ownership = new Ownership("acme", "x".repeat(255)));
        breaks("owner", "may have at most 255 characters",
                r -> r.ownership = new Ownership("acme", "x".repeat(256)));
    }

    @Test
    void every_mistake_is_told_at_once() {
        var found = violations(r -> {
            r.idempotencyKey = "";
            r.userId = "";
            r.adAccountId = "1001";
            r.credentialId = "";
            r.strategy = null;
            r.pageId = "x";
            r.pixelId = "x";
            r.name = "";
            r.objective = "";
            r.dailyBudget = 0L;
            r.billingEvent = "";
            r.optimizationGoal = "";
            r.targeting = "";
            r.creative = "";
            r.retryBudget = -1;
            r.priority = 10;
            r.webhook = "x";
        });

        assertThat(found).extracting(Violation::field).containsExactly("idempotencyKey", "userId", "credentialId",
                "adAccountId", "strategy", "pageId", "pixelId", "campaign.name", "campaign.objective",
                "adSet.dailyBudget", "adSet.billingEvent", "adSet.optimizationGoal", "adSet.targeting", "ad.creative",
                "retryBudget", "priority", "notify.webhook");
    }

    @Test
    void the_idempotency_key_has_1_to_200_characters() {
        breaks("idempotencyKey", "is needed", r -> r.idempotencyKey = " ");
        breaks("idempotencyKey", "may have at most 200 characters", r -> r.idempotencyKey = "k".repeat(201));
        isFine(r -> r.idempotencyKey = "k".repeat(200));
    }

    @ParameterizedTest
    @ValueSource(strings = { "cl\u00e9-1", "stra\u00dfe-1", "a b", " a", "a\u00a0", "\u6f22", "\ud83d\ude00" })
    void the_idempotency_key_is_visible_ascii(String key) {
        breaks("idempotencyKey", "may hold only visible ASCII characters, and no blanks", r -> r.idempotencyKey = key);
        isFine(r -> r.idempotencyKey = "!\"#\\~");
    }

    @Test
    void the_user_has_1_to_200_characters() {
        breaks("userId", "is needed", r -> r.userId = "");
        breaks("userId", "may have at most 200 characters", r -> r.userId = "u".repeat(201));
        isFine(r -> r.userId = "u".repeat(200));
    }

    @Test
    void the_credential_has_1_to_100_characters() {
        breaks("credentialId", "is needed", r -> r.credentialId = "");
        breaks("credentialId", "may have at most 100 characters", r -> r.credentialId = "c".repeat(101));
        isFine(r -> r.credentialId = "c".repeat(100));
    }

    @Test
    void texts_hold_no_control_characters() {
        breaks("userId", "may hold no control characters", r -> r.userId = "u\n1");
        breaks("campaign.name", "may hold no control characters", r -> r.name = "Summer\u0000sale");
    }

    private static Stream<Arguments> brokenTexts() {
        return Stream.of(
                Arguments.of("u\ud800", "holds half a character (an unpaired surrogate)"),
                Arguments.of("\udc00u", "holds half a character (an unpaired surrogate)"),
                Arguments.of("u\ufffd", "holds a character that was broken on its way (U+FFFD)"),
                Arguments.of("u\uffff", "holds what is no character"),
                Arguments.of("u\u202eu", "may hold no characters that turn the direction of others"),
                Arguments.of("u\u2068u", "may hold no characters that turn the direction of others"),
                Arguments.of("u\u2028u", "may hold no line or paragraph separators"),
                Arguments.of("u\u0085u", "may hold no control characters"));
    }

    @ParameterizedTest
    @MethodSource("brokenTexts")
    void no_text_holds_what_comes_out_as_another(String text, String message) {
        breaks("userId", message, r -> r.userId = text);
        breaks("idempotencyKey", message, r -> r.idempotencyKey = text);
        breaks("credentialId", message, r -> r.credentialId = text);
        breaks("campaign.name", message, r -> r.name = text);
        breaks("adSet.billingEvent", message, r -> r.billingEvent = text);
        breaks("adSet.optimizationGoal", message, r -> r.optimizationGoal = text);
        breaks("adSet.targeting", message, r -> r.targeting = CanonicalJson.of("{\"a\":[\"" + text + "\"]}"));
        breaks("ad.creative", message, r -> r.creative = CanonicalJson.of("{\"" + text + "\":1}"));
        breaks("adSet.graphFields.dsa_payor", message,
                r -> r.adSetGraphFields = Map.of("dsa_payor", CanonicalJson.of('"' + text + '"')));
    }

    @Test
    void names_may_be_in_any_script_and_ads_have_paragraphs_and_quotes() {
        isFine(r -> r.name = "春の販売 🌿 عرض \u200fالربيع Größe 50 % {result}");
        isFine(r -> r.creative = CanonicalJson.of("{\"m\":\"One\\n\\ttwo \\\"three\\\" \\\\ 👩‍🌾\"}"));
        breaks("ad.creative", "may hold no control characters",
                r -> r.creative = CanonicalJson.of("{\"m\":\"One\\u0000\"}"));
        breaks("ad.creative", "may hold no control characters",
                r -> r.creative = CanonicalJson.of("{\"m\":\"One\\btwo\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "Save {result=adset:$.id} now", "{result=ten:$.percent}", "{Result=x",
        "{ result = x:$ }" })
    void no_text_is_read_as_a_reference_within_a_batch(String text) {
        var message = "may hold no {result=…}: within a batch Facebook reads it as a reference";
        breaks("campaign.name", message, r -> r.name = text);
        breaks("adSet.optimizationGoal", message, r -> r.optimizationGoal = text);
        breaks("adSet.targeting", message, r -> r.targeting = "{\"a\":{\"b\":[\"" + text + "\"]}}");
        breaks("ad.creative", message, r -> r.creative = "{\"" + text + "\":1}");
        breaks("adSet.graphFields.dsa_payor", message,
                r -> r.adSetGraphFields = Map.of("dsa_payor", '"' + text + '"'));
    }

    @Test
    void special_ad_categories_are_those_that_facebook_knows() {
        isFine(r -> r.specialAdCategories = List.of("HOUSING", "ISSUES_ELECTIONS_POLITICS"));
        isFine(r -> r.specialAdCategories = List.of("NONE"));
        for (var category : List.of("", " ", "housing", "HOUSING\n", "\ud800", "HOUSES")) {
            breaks("campaign.specialAdCategories",
                    "must each be one of [CREDIT, EMPLOYMENT, FINANCIAL_PRODUCTS_SERVICES,"
                            + " HOUSING, ISSUES_ELECTIONS_POLITICS, NONE, ONLINE_GAMBLING_AND_GAMING]",
                    r -> r.specialAdCategories = List.of("HOUSING", category));
        }
        breaks("campaign.specialAdCategories", "may hold NONE alone, or without it the others",
                r -> r.specialAdCategories = List.of("NONE", "HOUSING"));
        breaks("campaign.specialAdCategories", "may have at most 20 entries",
                r -> r.specialAdCategories = Collections.nCopies(21, "NONE"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "act_", "1001", "act_12a", "ACT_1001", " act_1001", "act_123456789012345678901" })
    void an_ad_account_is_act_and_digits(String account) {
        breaks("adAccountId", "must be act_ and digits", r -> r.adAccountId = account);
    }

    @Test
    void a_strategy_is_needed() {
        breaks("strategy", "must be FOR_ALL, ONE_FIFTY_ONE, FOR_ADS or AS_LISTED", r -> r.strategy = null);
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, 0, 201, Integer.MAX_VALUE, Integer.MIN_VALUE })
    void there_are_1_to_200_ad_sets(int count) {
        for (var strategy : List.of(Strategy.FOR_ALL, Strategy.ONE_FIFTY_ONE)) {
            breaks("adSetCount", "must be 1 to 200", r -> {
                r.strategy = strategy;
                r.adSetCount = count;
            });
        }
    }

    @Test
    void for_all_needs_a_number_of_ad_sets() {
        breaks("adSetCount", "must be 1 to 200", r -> {
            r.strategy = Strategy.FOR_ALL;
            r.adSetCount = null;
        });
    }

    @Test
    void with_one_ad_in_each_ad_set_their_numbers_are_equal() {
        breaks("adCount", "must equal adSetCount: this strategy makes one ad in each ad set", r -> {
            r.adSetCount = 2;
            r.adCount = 3;
        });
        isFine(r -> {
            r.adSetCount = 200;
            r.adCount = 200;
        });
    }

    @Test
    void one_fifty_one_makes_fifty_ad_sets_unless_told_otherwise() {
        var request = new RequestSample();
        request.adSetCount = null;
        request.adCount = 50;

        assertThat(RequestRules.violations(request.build())).isEmpty();
        assertThat(RequestRules.adSetsWanted(request.build())).isEqualTo(50);
    }

    @Test
    void for_ads_makes_one_ad_set() {
        breaks("adSetCount", "must be 1: FOR_ADS makes one ad set", r -> {
            r.strategy = Strategy.FOR_ADS;
            r.adSetCount = 2;
            r.adCount = 5;
        });
        isFine(r -> {
            r.strategy = Strategy.FOR_ADS;
            r.adSetCount = null;
            r.adCount = 50;
        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = { -1, 0, 51 })
    void for_ads_makes_1_to_50_ads(Integer count) {
        breaks("adCount", "must be 1 to 50: Facebook's limit for one ad set", r -> {
            r.strategy = Strategy.FOR_ADS;
            r.adSetCount = 1;
            r.adCount = count;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "abc", "12 ", "123456789012345678901", "-1" })
    void pages_and_pixels_are_digits(String id) {
        breaks("pageId", "must be digits", r -> r.pageId = id);
        breaks("pixelId", "must be digits", r -> r.pixelId = id);
    }

    @Test
    void pages_and_pixels_may_be_left_out() {
        isFine(r -> {
            r.pageId = null;
            r.pixelId = null;
        });
    }

    @Test
    void a_campaign_name_has_1_to_400_characters() {
        breaks("campaign.name", "is needed", r -> r.name = "  ");
        breaks("campaign.name", "may have at most 400 characters", r -> r.name = "n".repeat(401));
        isFine(r -> r.name = "n".repeat(400));
    }

    @Test
    void an_objective_is_one_of_facebooks() {
        breaks("campaign.objective", "must be one of [OUTCOME_APP_PROMOTION, OUTCOME_AWARENESS, OUTCOME_ENGAGEMENT,"
                + " OUTCOME_LEADS, OUTCOME_SALES, OUTCOME_TRAFFIC]", r -> r.objective = "LINK_CLICKS");
    }

    @Test
    void a_daily_budget_is_at_least_one_minor_unit_or_left_out() {
        breaks("adSet.dailyBudget", "must be at least 1 (minor units of the account's currency)",
                r -> r.dailyBudget = 0L);
        isFine(r -> r.dailyBudget = 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = { "daily_budget", "lifetime_budget" })
    void a_launch_has_one_budget(String budget) {
        isFine(r -> {
            r.dailyBudget = null;
            r.campaignGraphFields = Map.of(budget, "5000");
        });
        breakBudgets(List.of("campaign.graphFields." + budget, "adSet.dailyBudget"),
                r -> r.campaignGraphFields = Map.of(budget, "5000"));
        breakBudgets(List.of("campaign.graphFields." + budget, "adSet.graphFields.lifetime_budget"), r -> {
            r.dailyBudget = null;
            r.campaignGraphFields = Map.of(budget, "5000");
            r.adSetGraphFields = Map.of("lifetime_budget", "9000");
        });
    }

    @Test
    void a_launch_has_one_budget_on_one_level() {
        isFine(r -> {
            r.dailyBudget = null;
            r.adSetGraphFields = Map.of("lifetime_budget", "9000");
        });
        breakBudgets(List.of("adSet.dailyBudget", "adSet.graphFields.lifetime_budget"),
                r -> r.adSetGraphFields = Map.of("lifetime_budget", "9000"));
        breakBudgets(List.of("campaign.graphFields.daily_budget", "campaign.graphFields.lifetime_budget"), r -> {
            r.dailyBudget = null;
            r.campaignGraphFields = Map.of("daily_budget", "1", "lifetime_budget", "2");
        });
        breakBudgets(List.of("adSet.dailyBudget", "campaign.graphFields.daily_budget"), r -> r.dailyBudget = null);
    }

    private static void breakBudgets(List<String> fields, Consumer<RequestSample> change) {
        assertThat(violations(change)).extracting(Violation::field).containsExactlyElementsOf(fields);
    }

    @Test
    void billing_event_and_optimization_goal_have_1_to_100_characters() {
        breaks("adSet.billingEvent", "is needed", r -> r.billingEvent = "");
        breaks("adSet.billingEvent", "may have at most 100 characters", r -> r.billingEvent = "b".repeat(101));
        breaks("adSet.optimizationGoal", "is needed", r -> r.optimizationGoal = "");
        breaks("adSet.optimizationGoal", "may have at most 100 characters", r -> r.optimizationGoal = "o".repeat(101));
    }

    @Test
    void targeting_and_creative_are_json_objects_of_at_most_100_000_characters() {
        breaks("adSet.targeting", "is needed", r -> r.targeting = "{}");
        breaks("adSet.targeting", "must be a JSON object", r -> r.targeting = "[1]");
        breaks("ad.creative", "is needed", r -> r.creative = " ");
        breaks("ad.creative", "must be a JSON object", r -> r.creative = "{\"a\":1");
        breaks("ad.creative", "may have at most 100000 characters",
                r -> r.creative = "{\"a\":\"" + "x".repeat(100_000) + "\"}");
    }

    @Test
    void further_graph_fields_may_not_take_the_place_of_the_launchers_own() {
        breaks("adSet.graphFields.name", "is set by the launcher",
                r -> r.adSetGraphFields = Map.of("name", "\"mine\""));
        breaks("adSet.graphFields.campaign_id", "is set by the launcher",
                r -> r.adSetGraphFields = Map.of("campaign_id", "1"));
        breaks("adSet.graphFields.daily_budget", "is given as adSet.dailyBudget",
                r -> r.adSetGraphFields = Map.of("daily_budget", "2000"));
        isFine(r -> r.adSetGraphFields = Map.of("status", "\"ACTIVE\"", "bid_amount", "100"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "batch", "method", "ids", "campaign_spec", "execution_options", "access_token",
        "Access_Token", "bid_amount_", "Status" })
    void further_graph_fields_are_fields_of_the_object(String name) {
        breaks("adSet.graphFields." + name, "is no field of an ad set that may be given",
                r -> r.adSetGraphFields = Map.of(name, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "a&b=c d", "batch[0]", "\nbatch", "\u202ebatch" })
    void a_name_that_cannot_be_told_is_not_repeated(String name) {
        breaks("adSet.graphFields.?", "is no field of an ad set that may be given",
                r -> r.adSetGraphFields = Map.of(name, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"DELETED\"", "\"ARCHIVED\"", "\"active\"", "1", "[\"ACTIVE\"]" })
    void a_status_is_active_or_paused(String status) {
        breaks("adSet.graphFields.status", "must be ACTIVE or PAUSED",
                r -> r.adSetGraphFields = Map.of("status", status));
    }

    @Test
    void a_further_graph_field_is_json_of_at_most_100_000_characters() {
        breaks("adSet.graphFields.bid_strategy", "must be JSON",
                r -> r.adSetGraphFields = Map.of("bid_strategy", "?"));
        breaks("adSet.graphFields.bid_strategy", "may have at most 100000 characters",
                r -> r.adSetGraphFields = Map.of("bid_strategy", '"' + "x".repeat(100_000) + '"'));
    }

    @Test
    void further_graph_fields_are_bounded() {
        var many = IntStream.rangeClosed(1, 51).boxed().collect(Collectors.toMap(i -> "field_" + i, i -> "1"));
        breaks("adSet.graphFields", "may have at most 50 entries", r -> r.adSetGraphFields = many);
    }

    @Test
    void a_retry_budget_is_0_to_100_or_left_out() {
        breaks("retryBudget", "must be 0 to 100", r -> r.retryBudget = -1);
        breaks("retryBudget", "must be 0 to 100", r -> r.retryBudget = 101);
        isFine(r -> r.retryBudget = 0);
        isFine(r -> r.retryBudget = 100);
    }

    @Test
    void a_priority_is_0_to_9() {
        breaks("priority", "must be 0 to 9", r -> r.priority = -1);
        breaks("priority", "must be 0 to 9", r -> r.priority = 10);
        isFine(r -> r.priority = 0);
        isFine(r -> r.priority = 9);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "ftp://example.com", "https:///hook", "not an address", "https:x" })
    void a_webhook_is_an_address_that_some_installation_may_allow(String webhook) {
        breaks("notify.webhook", "must be an https or http address", r -> r.webhook = webhook);
    }

    @Test
    void a_webhook_may_have_port_path_and_query() {
        isFine(r -> r.webhook = "https://example.com:8443/hook?job=1");
    }
}
