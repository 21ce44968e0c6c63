-- Users, their sessions and API keys, the keys that sign access tokens, and what was done with all of them. No secret stands here
-- in the clear: passwords as Argon2id, tokens and API keys as SHA-256, private keys encrypted.

create table users (
    user_id       uuid        primary key,
    tenant        text        not null,
    username      text        not null unique,
    password_hash text        not null,
    roles         text[]      not null check (roles <@ array['advertiser', 'publisher', 'moderator', 'admin', 'super_admin']),
    disabled      boolean     not null default false,
    token_version integer     not null default 0,
    created_at    timestamptz not null default clock_timestamp()
);

-- A session begins with a log-in and ends once: by its time, by a log-out, or because a used refresh token came again.
create table sessions (
    session_id uuid        primary key,
    user_id    uuid        not null references users,
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index sessions_of_user on sessions (user_id, created_at);

create table refresh_tokens (
    token_id    uuid        primary key,
    session_id  uuid        not null references sessions on delete cascade,
    token_hash  bytea       not null unique,
    issued_at   timestamptz not null default clock_timestamp(),
    expires_at  timestamptz not null,
    used_at     timestamptz,
    replaced_by uuid
);
create index refresh_tokens_of_session on refresh_tokens (session_id);

create table api_keys (
    key_id       uuid        primary key,
    user_id      uuid        not null references users,
    name         text        not null,
    prefix       text        not null unique,
    key_hash     bytea       not null,
    scopes       text[]      not null,
    created_at   timestamptz not null default clock_timestamp(),
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index api_keys_of_user on api_keys (user_id);

create table invitations (
    invitation_id uuid        primary key,
    tenant        text        not null,
    token_hash    bytea       not null unique,
    invited_by    uuid        not null references users,
    expires_at    timestamptz not null,
    used_by       uuid        references users
);

create table signing_keys (
    key_id        text        primary key,
    state         text        not null check (state in ('signing', 'next', 'retired')),
    public_key    text        not null,
    private_key   bytea       not null,
    created_at    timestamptz not null default clock_timestamp(),
    signing_since timestamptz,
    retired_at    timestamptz
);
create unique index one_signing_key_of_a_kind on signing_keys (state) where state <> 'retired';

create table audit (
    audit_id     bigint      generated always as identity primary key,
    at           timestamptz not null default clock_timestamp(),
    actor        text        not null,
    roles        text[]      not null,
    tenant       text        not null,
    trace_id     text,
    action       text        not null,
    subject      text        not null,
    outcome      text        not null,
    address_hash bytea
);

create function audit_is_only_added_to() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is only added to';
end
$$;
create trigger audit_is_only_added_to before update or delete or truncate on audit
    for each statement execute function audit_is_only_added_to();
