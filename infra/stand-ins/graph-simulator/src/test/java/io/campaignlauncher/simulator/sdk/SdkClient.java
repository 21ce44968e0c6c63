package io.campaignlauncher.simulator.sdk;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APIException.FailedRequestException;
import com.facebook.ads.sdk.Ad;
import com.facebook.ads.sdk.AdAccount;
import com.facebook.ads.sdk.AdCreative;
import com.facebook.ads.sdk.AdCreativeLinkData;
import com.facebook.ads.sdk.AdCreativeObjectStorySpec;
import com.facebook.ads.sdk.AdSet;
import com.facebook.ads.sdk.Campaign;
import com.facebook.ads.sdk.Targeting;
import com.facebook.ads.sdk.TargetingGeoLocation;
import com.google.gson.JsonObject;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.Trust;
import io.campaignlauncher.simulator.core.GraphRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Facebook's client beside a simulator of its own, over https and on a time that only {@link #passes} moves. The client
 * takes its trust from the whole JVM, which is given back after the tests.
 */
final class SdkClient implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    static final String TOKEN = "good-token";
    static final String SECRET = "the-app-secret";
    static final String PAGE = "1000000001";
    static final char[] STORE_PASSWORD = "changeit".toCharArray();

    Simulator simulator;
    APIContext context;
    private Trust trust;
    private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public void beforeAll(ExtensionContext tests) throws GeneralSecurityException, IOException {
        var rules = GraphRules.DEFAULTS.withMutationsPerSecondMax(0).withAppSecret(SECRET);
        simulator = Simulator.start(SimulatorSettings.DEFAULTS.withHttps(true).withRules(rules),
                ((InstantSource) () -> now).withZone(ZoneOffset.UTC));
        trust = Trust.in(simulator);
        HttpsURLConnection.setDefaultSSLSocketFactory(trust.tls().getSocketFactory());
        context = context(TOKEN, null);
    }

    /** Without the crash reporter, which would ask the real Facebook. */
    static APIContext context(String base, String token, @Nullable String secret) {
        return new APIContext(base, base, "v24.0", token, secret, null, false);
    }

    APIContext context(String token, @Nullable String secret) {
        return context(simulator.baseUrl().toString(), token, secret);
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    Path trustStore(Path folder) throws GeneralSecurityException, IOException {
        var file = folder.resolve("trust.p12");
        try (var out = Files.newOutputStream(file)) {
            trust.store().store(out, STORE_PASSWORD);
        }
        return file;
    }

    AdAccount account(String digits) {
        return new AdAccount(digits, context);
    }

    static AdAccount.APIRequestCreateCampaign newCampaign(AdAccount account, String name) {
        return account.createCampaign().setName(name).setObjective(Campaign.EnumObjective.VALUE_OUTCOME_TRAFFIC)
                .setStatus(Campaign.EnumStatus.VALUE_PAUSED).setIsAdsetBudgetSharingEnabled(false)
                .setSpecialAdCategories(List.of(Campaign.EnumSpecialAdCategories.VALUE_NONE));
    }

    static AdAccount.APIRequestCreateAdSet newAdSet(AdAccount account, String campaign, String name) {
        return account.createAdSet().setName(name).setCampaignId(campaign).setStatus(AdSet.EnumStatus.VALUE_PAUSED)
                .setBillingEvent(AdSet.EnumBillingEvent.VALUE_IMPRESSIONS)
                .setOptimizationGoal(AdSet.EnumOptimizationGoal.VALUE_LINK_CLICKS).setDailyBudget(2000L)
                .setTargeting(new Targeting().setFieldAgeMin(21L).setFieldGeoLocations(
                        new TargetingGeoLocation().setFieldCountries(List.of("US"))));
    }

    static AdAccount.APIRequestCreateAdCreative newCreative(AdAccount account, String name) {
        return account.createAdCreative().setName(name)
                .setObjectStorySpec(new AdCreativeObjectStorySpec().setFieldPageId(PAGE).setFieldLinkData(
                        new AdCreativeLinkData().setFieldLink("https://example.com/?a=1&b=2")
                                .setFieldMessage("Grüße & \"more\"")));
    }

    static AdAccount.APIRequestCreateAd newAd(AdAccount account, String adSet, String creative, String name) {
        return account.createAd().setName(name).setAdsetId(adSet).setStatus(Ad.EnumStatus.VALUE_PAUSED)
                .setCreative("{\"creative_id\":\"" + creative + "\"}");
    }

    Campaign campaign(AdAccount account, String name) throws APIException {
        return new Campaign(newCampaign(account, name).execute().getId(), context);
    }

    AdSet adSet(AdAccount account, String campaign, String name) throws APIException {
        return new AdSet(newAdSet(account, campaign, name).execute().getId(), context);
    }

    AdCreative creative(AdAccount account, String name) throws APIException {
        return new AdCreative(newCreative(account, name).execute().getId(), context);
    }

    Ad ad(AdAccount account, String adSet, String creative, String name) throws APIException {
        return new Ad(newAd(account, adSet, creative, name).execute().getId(), context);
    }

    /** Something that the client does. */
    interface Action {
        Object run() throws APIException;
    }

    static FailedRequestException failure(Action action) {
        try {
            throw new AssertionError("no failure but " + action.run());
        } catch (FailedRequestException e) {
            return e;
        } catch (APIException e) {
            throw new AssertionError("another failure", e);
        }
    }

    static JsonObject error(Action action) {
        return failure(action).getRawResponseAsJsonObject().getAsJsonObject("error");
    }

    /** Code and subcode as {@code 100/33}; {@code 100} without one. */
    static String outcome(Action action) {
        return outcome(error(action));
    }

    static String outcome(JsonObject error) {
        return error.get("code").getAsInt() + (error.has("error_subcode") ? "/" + error.get("error_subcode").getAsInt()
                : "");
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        simulator.faults().clear();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        HttpsURLConnection.setDefaultSSLSocketFactory(before);
        simulator.close();
    }
}
