package io.campaignlauncher.job.model;

/** What may stand against a request's credential where it comes in; the workers look again. */
public final class CredentialRules {

    /** It is stored, but not for the ad account of the request. */
    public static final Violation NOT_FOR_AD_ACCOUNT = new Violation("adAccountId",
            "may not be used with this credential");

    /** How an ad account is written. */
    public static boolean isAdAccount(String id) {
        return RequestRules.AD_ACCOUNT.matcher(id).matches();
    }

    private CredentialRules() {}
}
