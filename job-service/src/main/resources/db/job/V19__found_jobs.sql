-- What a job is found by. The two columns are those of its request; null where the row is from before they were there, until the tables
-- are rebuilt.
alter table campaign_creation_jobs
    add column idempotency_key text,
    add column credential_id   text;

comment on column campaign_creation_jobs.idempotency_key is 'of the request; null: not told by a row from before V19, until a rebuild';
comment on column campaign_creation_jobs.credential_id is 'that the request named; null: as above';

create index on campaign_creation_jobs (ad_account_id, id);
create index on campaign_creation_jobs (idempotency_key);
create index on campaign_creation_jobs (credential_id, id);
-- Names that begin with something, capital letters or not. A range of bytes needs no extension, and no plan of its own for each name.
create index campaign_creation_jobs_name_idx on campaign_creation_jobs (lower(campaign_name) collate "C");
-- Facebook's codes that a job met. Most jobs meet none and have no entry.
create index campaign_creation_jobs_error_codes_idx on campaign_creation_jobs
    using gin (jsonb_path_query_array(error_history, '$[*].code') jsonb_path_ops) where error_count > 0;
