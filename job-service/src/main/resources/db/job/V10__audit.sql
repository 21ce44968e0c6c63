-- Who did what: only added to. Which lines are not published yet stands beside it; the table writes it down by itself, so nothing can
-- be noted without, by whomever.

create table audit (
    audit_id     bigint      generated always as identity primary key,
    entry_id     uuid        not null default gen_random_uuid(),
    at           timestamptz not null default clock_timestamp(),
    actor        text        not null,
    roles        text[]      not null,
    tenant       text        not null,
    trace_id     text,
    action       text        not null,
    subject      text        not null,
    outcome      text        not null,
    times        integer     not null default 1 check (times > 0),
    address_hash bytea
);
-- For an admin's pages.
create index audit_of_tenant on audit (tenant, audit_id);
comment on table audit is 'Kill switches, credentials, decisions on rollbacks, refusals of access: who, with which roles then.';
comment on column audit.entry_id is 'the same on the topic audit';
comment on column audit.times is 'refusals of access that are the same are gathered within a minute';

create function audit_is_only_added_to() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is only added to';
end
$$;
create trigger audit_is_only_added_to before update or delete or truncate on audit
    for each statement execute function audit_is_only_added_to();

create table audit_unpublished (
    audit_id bigint primary key
);

create function audit_is_published() returns trigger language plpgsql set search_path from current as $$
begin
    insert into audit_unpublished (audit_id) values (new.audit_id);
    return null;
end
$$;
create trigger audit_is_published after insert on audit for each row execute function audit_is_published();
