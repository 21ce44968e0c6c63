-- Who wants no more of a job, since when, and why; null where nobody has cancelled it.
alter table campaign_creation_jobs
    add column cancelled_at  timestamptz,
    add column cancelled_by  text,
    add column cancel_reason text;

comment on column campaign_creation_jobs.cancelled_at is 'when somebody cancelled the job; null: nobody did';
comment on column campaign_creation_jobs.cancelled_by is 'who; empty: not told';
