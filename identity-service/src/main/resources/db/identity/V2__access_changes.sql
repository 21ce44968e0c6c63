-- What other services have to learn of: that tokens of a user or of a session are worth nothing any more, and which API keys are
-- good. One row for each, which says that it has changed since it was last published; what it is now stands in its own table. The
-- rows are written by the tables themselves, so nothing can be changed without them, by whomever.

create sequence access_change_numbers;

create table access_changes (
    key        text        primary key,
    kind       text        not null check (kind in ('user', 'session', 'key')),
    subject    uuid        not null,
    change     bigint      not null,
    published  bigint      not null default 0,
    -- From then on no token or key needs it any more.
    gone_after timestamptz not null
);
create index access_changes_not_published on access_changes (change) where change > published;
create index access_changes_gone on access_changes (gone_after);

create function access_changed(what text, of_whom uuid, by_key text, needed_until timestamptz) returns void
    language sql as $$
    insert into identity.access_changes as a (key, kind, subject, change, gone_after)
    values (what || ':' || by_key, what, of_whom, nextval('identity.access_change_numbers'), needed_until)
    on conflict (key) do update set change = excluded.change, gone_after = greatest(a.gone_after, excluded.gone_after)
$$;

-- No access token is good for more than an hour.
create function user_access_changed() returns trigger language plpgsql as $$
begin
    perform identity.access_changed('user', new.user_id, new.user_id::text, clock_timestamp() + interval '2 hours');
    perform identity.access_changed('key', k.key_id, k.prefix, k.expires_at) from identity.api_keys k
        where k.user_id = new.user_id and k.revoked_at is null and k.expires_at > clock_timestamp();
    return null;
end
$$;
create trigger user_access_changed after update of tenant, roles, disabled, token_version on users
    for each row execute function user_access_changed();

create function session_access_changed() returns trigger language plpgsql as $$
begin
    perform identity.access_changed('session', new.session_id, new.session_id::text,
        clock_timestamp() + interval '2 hours');
    return null;
end
$$;
create trigger session_access_changed after update of revoked_at on sessions
    for each row when (old.revoked_at is null and new.revoked_at is not null) execute function session_access_changed();

create function key_access_changed() returns trigger language plpgsql as $$
begin
    perform identity.access_changed('key', new.key_id, new.prefix, new.expires_at);
    return null;
end
$$;
create trigger key_access_changed after insert or update of key_hash, scopes, expires_at, revoked_at on api_keys
    for each row execute function key_access_changed();

-- What was there before.
select access_changed('key', key_id, prefix, expires_at) from api_keys
    where revoked_at is null and expires_at > clock_timestamp();
select access_changed('session', session_id, session_id::text, clock_timestamp() + interval '2 hours') from sessions
    where revoked_at > clock_timestamp() - interval '1 hour';
select access_changed('user', user_id, user_id::text, clock_timestamp() + interval '2 hours') from users
    where token_version > 0 or disabled;
