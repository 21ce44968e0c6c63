package io.campaignlauncher.access.audit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the audit takes down.
 *
 * @param refusalsAMinute kinds of refusals of access that are told apart within a minute, each by who asked, from where and what for; further
 *     ones are counted together. The table grows by at most two rows for each
 */
@ConfigurationProperties("launch.audit")
public record AuditSettings(@DefaultValue("100") int refusalsAMinute) {

    public AuditSettings {
        if (refusalsAMinute < 1) {
            throw new IllegalArgumentException("launch.audit.refusals-a-minute must be 1 or more");
        }
    }
}
