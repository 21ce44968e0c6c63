-- The audit is published as well. Which lines are not yet stands beside it, since the audit itself is only added to; the table writes
-- it down by itself, so nothing can be noted without, by whomever. What was noted before is published, too.

alter table audit
    add column entry_id uuid    not null default gen_random_uuid(),
    add column times    integer not null default 1 check (times > 0);

create table audit_unpublished (
    audit_id bigint primary key
);

create function audit_is_published() returns trigger language plpgsql as $$
begin
    insert into identity.audit_unpublished (audit_id) values (new.audit_id);
    return null;
end
$$;
create trigger audit_is_published after insert on audit for each row execute function audit_is_published();

insert into audit_unpublished (audit_id) select audit_id from audit;

comment on column audit.entry_id is 'the same on the topic';
comment on column audit.times is 'refusals of access that are the same are gathered within a minute';
