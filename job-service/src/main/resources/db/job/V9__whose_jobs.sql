-- Whose each job is. A constant default is kept in the catalogue: no row is rewritten, however many there are.
alter table campaign_creation_jobs
    add column tenant text not null default 'local',
    add column owner  text not null default 'local';
alter table idempotency_keys
    add column tenant text not null default 'local',
    add column owner  text not null default 'local';

-- For the lists of those who see a part. Who sees all jobs, as where nobody is told apart, needs neither, and pays for none: a job's row
-- is written with each of its events, and an entry in each index with it.
create index on campaign_creation_jobs (owner, id) where owner <> 'local' and owner <> 'local-operator';
create index on campaign_creation_jobs (tenant, id) where tenant <> 'local';

comment on column campaign_creation_jobs.tenant is 'whose world the job is in';
comment on column campaign_creation_jobs.owner is 'the subject of who asked for it; user_id says for whom';
comment on column idempotency_keys.tenant is 'of the job that it becomes; so is the owner';
