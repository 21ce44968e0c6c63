-- When a launch begins, and where its account is.
alter table campaign_creation_jobs
    add column start_at  timestamptz,
    add column time_zone text;

comment on column campaign_creation_jobs.start_at is 'when it begins, or was to begin; null: at once, or at a time of the account whose zone nobody has told yet';
comment on column campaign_creation_jobs.time_zone is 'of the ad account, as Europe/Berlin; null: nobody has told it yet';
