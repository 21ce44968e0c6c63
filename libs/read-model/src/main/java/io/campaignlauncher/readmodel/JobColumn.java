package io.campaignlauncher.readmodel;

import java.util.Locale;

/** The columns of {@code campaign_creation_jobs}, but for its {@code id}. */
public enum JobColumn {
    JOB_UUID(SqlType.UUID), USER_ID(SqlType.TEXT), AD_ACCOUNT_ID(SqlType.TEXT), CAMPAIGN_NAME(SqlType.TEXT),
    STRATEGY(SqlType.TEXT), REQUESTED_AD_SETS(SqlType.INT), REQUESTED_ADS(SqlType.INT), STATUS(SqlType.TEXT),
    STARTED_AT(SqlType.TIME), COMPLETED_AT(SqlType.TIME), AD_SETS_CREATED(SqlType.INT), ADS_CREATED(SqlType.INT),
    RETRY_COUNT(SqlType.INT), RETRY_BUDGET(SqlType.INT), LAST_RETRY_AT(SqlType.TIME), LAST_ERROR(SqlType.TEXT),
    ERROR_HISTORY(SqlType.JSON), ROLLBACK_TRIGGERED(SqlType.BOOLEAN), ROLLBACK_REASON(SqlType.TEXT),
    ROLLBACK_AT(SqlType.TIME), FACEBOOK_CAMPAIGN_ID(SqlType.TEXT), CREATED_AT(SqlType.TIME), UPDATED_AT(SqlType.TIME),
    VERSION(SqlType.BIGINT), FINGERPRINT(SqlType.TEXT), ERROR_COUNT(SqlType.INT), ROLLBACK_POLICY(SqlType.TEXT),
    ROLLBACK_PROPOSAL(SqlType.TEXT), ROLLBACK_CONFIRMED_BY(SqlType.TEXT), ROLLBACK_DECLINED_AT(SqlType.TIME),
    AWAITING_CONFIRMATION(SqlType.BOOLEAN), WAITING_UNTIL(SqlType.TIME), VERIFIED(SqlType.BOOLEAN),
    PRE_VERIFIED_AT(SqlType.TIME), CREATION_ENDED_AT(SqlType.TIME), VERIFIED_AT(SqlType.TIME),
    LAST_VERIFICATION(SqlType.JSON), FACEBOOK_CAMPAIGNS(SqlType.INT), FACEBOOK_AD_SETS(SqlType.INT),
    FACEBOOK_ADS(SqlType.INT), FACEBOOK_LOOKED_AT(SqlType.TIME), ENTITIES_CHANGED_AT(SqlType.TIME),
    HTTP_CALLS(SqlType.INT), TENANT(SqlType.TEXT), OWNER(SqlType.TEXT), CANCELLED_AT(SqlType.TIME),
    CANCELLED_BY(SqlType.TEXT),
    CANCEL_REASON(SqlType.TEXT), START_AT(SqlType.TIME), TIME_ZONE(SqlType.TEXT),
    IDEMPOTENCY_KEY(SqlType.TEXT), CREDENTIAL_ID(SqlType.TEXT);

    private final SqlType type;
    private final String sqlName;

    JobColumn(SqlType type) {
        this.type = type;
        this.sqlName = name().toLowerCase(Locale.ROOT);
    }

    SqlType type() {
        return type;
    }

    public String sqlName() {
        return sqlName;
    }
}
