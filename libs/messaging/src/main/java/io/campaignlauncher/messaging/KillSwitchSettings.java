package io.campaignlauncher.messaging;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How kill switches stand until they are turned over HTTP, which overrides them. False: that work waits, nothing is lost.
 *
 * @param intake   whether requests become jobs, until the switch is turned over HTTP
 * @param creation whether entities are created, until the switch is turned over HTTP
 * @param rollback whether entities are deleted, until the switch is turned over HTTP
 */
@ConfigurationProperties("launch.kill-switch")
record KillSwitchSettings(@DefaultValue("true") boolean intake, @DefaultValue("true") boolean creation,
        @DefaultValue("true") boolean rollback) {

    Map<KillSwitch, Boolean> initial() {
        return Map.of(KillSwitch.INTAKE, intake, KillSwitch.CREATION, creation, KillSwitch.ROLLBACK, rollback);
    }
}
