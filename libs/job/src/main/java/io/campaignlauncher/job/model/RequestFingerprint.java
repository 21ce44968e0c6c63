package io.campaignlauncher.job.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells one request from another: SHA-256 over every field in a fixed order, each with its length before it, so that no two
 * different requests have the same text. Of what the caller left out it tells that it was left out; {@link #isOf} also knows a request
 * that says the defaults, or leaves them out, where the first one did not. Of whose job it becomes it tells nothing: the job's id
 * names the tenant, and whoever may launch for a user may repeat what was asked for that user.
 */
public final class RequestFingerprint {

    private final StringBuilder fields = new StringBuilder(2048);

    private RequestFingerprint() {}

    /**
     * @param request its JSON texts in one canonical form
     * @return 64 hex digits
     */
    public static String of(LaunchRequest request) {
        var fingerprint = new RequestFingerprint();
        fingerprint.add(request);
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(fingerprint.fields.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /**
     * Whether a fingerprint is that of a request, or of one that differs only in whether it says what counts anyway.
     *
     * @param policy what counts where a request does not say
     */
    public static boolean isOf(String fingerprint, LaunchRequest request, JobPolicy policy) {
        return of(request).equals(fingerprint)
                || EquivalentRequests.variants(request, policy).anyMatch(same -> of(same).equals(fingerprint));
    }

    private void add(LaunchRequest r) {
        field(r.idempotencyKey());
        field(r.userId());
        field(r.adAccountId());
        field(r.credentialId());
        field(r.strategy());
        field(r.adSetCount());
        field(r.adCount());
        field(r.pageId());
        field(r.pixelId());
        field(r.campaign().name());
        field(r.campaign().objective());
        fields(r.campaign().specialAdCategories());
        field(r.campaign().graphFields());
        field(r.adSet().dailyBudget());
        field(r.adSet().billingEvent());
        field(r.adSet().optimizationGoal());
        field(r.adSet().targeting());
        field(r.adSet().graphFields());
        field(r.ad().creative());
        field(r.ad().graphFields());
        field(r.retryBudget());
        field(r.rollbackPolicy());
        field(r.duplicateName());
        field(r.webhook());
        field(r.priority());
        if (!r.variations().equals(Variations.NONE)) {
            add(r.variations());
        }
        given("startAt", r.startAt());
        given("mediaUpload", r.mediaUpload());
    }

    /** Beside what was told of every request before there was this field. */
    private void given(String name, @Nullable String value) {
        if (value != null) {
            field(name);
            field(value);
        }
    }

    /** Beside what was told of every request before there was any of this. */
    private void add(Variations variations) {
        field(variations.adSetName());
        field(variations.adName());
        fields(variations.texts());
        fields(variations.links());
        field(variations.numberRepeatedNames());
        field(variations.adSets().size());
        variations.adSets().forEach(this::add);
    }

    private void add(ListedAdSet adSet) {
        field(adSet.name());
        field(adSet.dailyBudget());
        field(adSet.billingEvent());
        field(adSet.optimizationGoal());
        field(adSet.targeting());
        field(adSet.graphFields());
        field(adSet.ads().size());
        adSet.ads().forEach(ad -> {
            field(ad.name());
            field(ad.creative());
            field(ad.graphFields());
        });
    }

    private void fields(List<String> texts) {
        field(texts.size());
        texts.forEach(this::field);
    }

    private void field(@Nullable Object value) {
        if (value == null) {
            fields.append("-;");
        } else {
            var text = value.toString();
            fields.append(text.length()).append(':').append(text).append(';');
        }
    }

    private void field(Map<String, String> values) {
        field(values.size());
        new TreeMap<>(values).forEach((name, value) -> {
            field(name);
            field(value);
        });
    }
}
