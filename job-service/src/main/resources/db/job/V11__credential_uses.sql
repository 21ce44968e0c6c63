-- When jobs last named each credential: one row a credential, written now and then. In a table of its own, because an index on the jobs
-- would be written with each of their events.
create table credential_uses (
    tenant        text not null,
    credential_id text not null,
    last_used_at  timestamptz not null,
    primary key (tenant, credential_id)
);
comment on table credential_uses is 'when a job that names the credential was last accepted, give or take a minute';
