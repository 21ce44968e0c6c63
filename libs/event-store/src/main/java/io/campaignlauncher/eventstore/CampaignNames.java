package io.campaignlauncher.eventstore;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which live job holds a campaign name on an account: of two jobs with one name only the first may take it for free, although
 * Facebook shows neither yet.
 */
public final class CampaignNames {

    private final JdbcClient jdbc;
    private final Duration readLag;

    /** @param readLag how long Facebook may take to show a campaign that was created */
    public CampaignNames(JdbcClient jdbc, Duration readLag) {
        this.jdbc = jdbc;
        this.readLag = readLag;
    }

    /** Takes the name for the job unless another live job has it. @return whether another one has it */
    public boolean takenByAnother(String adAccountId, String campaignName, UUID jobId) {
        return jdbc.sql("""
                insert into event_store.campaign_names as held (ad_account_id, campaign_name, job_id)
                values (:account, :name, :job)
                on conflict (ad_account_id, campaign_name) do update
                set job_id = excluded.job_id, free_from = null
                where held.job_id = excluded.job_id or held.free_from < now()
                """)
                .param("account", adAccountId)
                .param("name", campaignName)
                .param("job", jobId)
                .update() == 0;
    }

    /** Whether a job holds the name on the account now. */
    public boolean isHeld(String adAccountId, String campaignName) {
        return jdbc.sql("""
                select count(*) from event_store.campaign_names
                where ad_account_id = :account and campaign_name = :name and (free_from is null or free_from >= now())
                """)
                .param("account", adAccountId)
                .param("name", campaignName)
                .query(Integer.class)
                .single() > 0;
    }

    /** Nothing of the job is on Facebook under this name; or what is there stays, and the next job's verification finds it. */
    public void release(String jobId) {
        jdbc.sql("delete from event_store.campaign_names where job_id = :job").param("job", UUID.fromString(jobId))
                .update();
    }

    /** The campaign is on Facebook, which will say so itself once its reads have caught up. */
    public void releaseOnceReadable(String jobId) {
        jdbc.sql(
                "update event_store.campaign_names set free_from = now() + :lag * interval '1 millisecond' where job_id = :job")
                .param("lag", readLag.toMillis())
                .param("job", UUID.fromString(jobId))
                .update();
    }
}
