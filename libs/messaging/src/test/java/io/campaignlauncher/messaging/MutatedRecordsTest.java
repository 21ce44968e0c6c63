package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.MutatedRecords;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a record holds, whoever reads it goes on with the next one. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutatedRecordsTest {

    private static final int RECORDS = 1_000;
    private static final long SEED = 9_010;

    private final LaunchRecords records = new LaunchRecords();

    @Test
    void credentials_go_on() {
        var tokens = new CredentialTokens(records,
                TokenCipher.withKey(Base64.getEncoder().encodeToString(new byte[32])), _ -> {});
        MutatedRecords.of(Topic.CREDENTIALS, RECORDS, SEED).forEach(tokens::take);
        assertThat(tokens.of(CredentialName.local("default"))).isEmpty();
    }

    @Test
    void kill_switches_go_on() {
        var states = new EnumMap<KillSwitch, KillSwitches.State>(KillSwitch.class);
        var contents = new KillSwitchContents(records, Map.of(), states::put);
        MutatedRecords.of(Topic.KILL_SWITCHES, RECORDS, SEED).forEach(contents::take);
        contents.upToDate();
        assertThat(states).containsKeys(KillSwitch.values());
    }
}
