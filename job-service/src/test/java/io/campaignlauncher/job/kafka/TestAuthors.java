package io.campaignlauncher.job.kafka;

import io.campaignlauncher.access.known.AppKeys;
import io.campaignlauncher.messaging.ServiceSeal;
import io.campaignlauncher.messaging.UnsignedRecords;
import java.time.Clock;

final class TestAuthors {

    /** What a deployment keeps access tokens with: 32 zero bytes. */
    static final String CREDENTIALS_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private TestAuthors() {}

    /** Who takes what nobody has signed, and knows no app. */
    static RequestAuthors anybody() {
        return new RequestAuthors(new ServiceSeal(CREDENTIALS_KEY, true), UnsignedRecords.ALLOW, AppKeys.NONE,
                Clock.systemUTC());
    }
}
