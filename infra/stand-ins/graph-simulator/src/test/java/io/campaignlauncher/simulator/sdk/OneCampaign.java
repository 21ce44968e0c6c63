package io.campaignlauncher.simulator.sdk;

import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.AdAccount;

/** Asks for one campaign with Facebook's client, in a JVM of its own as its settings hold for a whole JVM. */
public final class OneCampaign {

    private OneCampaign() {}

    /** Address, account and name; prints what came of it. */
    public static void main(String[] arguments) {
        var account = new AdAccount(arguments[1], SdkClient.context(arguments[0], SdkClient.TOKEN, null));
        try {
            System.out.println("created " + SdkClient.newCampaign(account, arguments[2]).execute().getId());
        } catch (APIException e) {
            System.out.println("failed");
        }
    }
}
