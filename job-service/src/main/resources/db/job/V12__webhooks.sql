-- Addresses that somebody has registered to be told of their jobs, each with secrets of its own. Where everybody shows who they are
-- (launch.security.mode=tokens), others are told of nothing.
create table webhooks (
    webhook_id        uuid        primary key,
    tenant            text        not null,
    owner             text        not null,
    address           text        not null,
    address_hash      bytea       not null,
    created_at        timestamptz not null,
    last_delivered_at timestamptz,
    last_failed_at    timestamptz,
    last_error        text,
    unique (tenant, owner, address_hash)
);
-- Several while receivers change to the newest one.
create table webhook_secrets (
    webhook_id  uuid        not null references webhooks on delete cascade,
    generation  int         not null check (generation > 0),
    encrypted   bytea       not null,
    created_at  timestamptz not null,
    signs_until timestamptz,
    primary key (webhook_id, generation)
);

comment on table webhooks is 'Registered addresses that are told of the jobs of their owner.';
comment on column webhooks.owner is 'the subject of who registered it: the owner of the jobs that it is told of';
comment on column webhooks.address is 'what stands behind the host may be secret';
comment on column webhooks.address_hash is 'SHA-256 of the address, which is too long for an index';
comment on column webhooks.last_delivered_at is 'when it last took a notification, give or take a minute; so is last_failed_at';
comment on column webhooks.last_error is 'of the last attempt that failed, without secrets';
comment on table webhook_secrets is 'What signs notifications for a webhook: encrypted with launch.credentials.key.';
comment on column webhook_secrets.signs_until is 'null: the current one; else one that was replaced, and signs beside it until then';

-- Whose the job is; null in rows that an earlier version noted, whose jobs know it.
alter table webhook_deliveries
    add column tenant text,
    add column owner  text;
comment on column webhook_deliveries.tenant is 'of the job; null: noted by an earlier version';
