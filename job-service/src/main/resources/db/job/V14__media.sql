-- Images and videos of ad accounts, as they are named: by the hash of their content, or by the name of a file of an upload. Of the files
-- themselves nothing is kept.
create table media_files (
    number        bigint      generated always as identity unique,
    tenant        text        not null,
    ad_account_id text        not null,
    sha256        text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    type          text        not null check (type in ('IMAGE', 'VIDEO')),
    state         text        not null,
    facebook_id   text,
    session_id    text,
    bytes         bigint      not null check (bytes > 0),
    name          text,
    credential_id text        not null,
    wanted_from   bigint      not null default 0,
    wanted_to     bigint      not null default 0,
    problem       text,
    lease         uuid,
    leased_until  timestamptz,
    looked_at     timestamptz,
    created_at    timestamptz not null default now(),
    changed_at    timestamptz not null default now(),
    primary key (tenant, ad_account_id, sha256, type)
);
create index media_files_page on media_files (tenant, number);
create index media_files_unfinished on media_files (changed_at) where state not in ('PROCESSING', 'READY');

create table media_names (
    tenant     text        not null,
    upload     text        not null,
    file_name  text        not null,
    sha256     text        not null,
    type       text        not null,
    named_at   timestamptz not null default now(),
    primary key (tenant, upload, file_name)
);
create index media_names_named_at on media_names using brin (named_at) with (pages_per_range = 16);

comment on table media_files is 'Images and videos that ad accounts have or are getting, each account for itself.';
comment on column media_files.sha256 is 'of an image as it came; of a video as its sender says';
comment on column media_files.facebook_id is 'the hash of an image, good in its account alone, or the id of a video; null: a video that is about to be started';
comment on column media_files.session_id is 'of the upload of a video';
comment on column media_files.wanted_from is 'where Facebook wants a video to go on';
comment on column media_files.wanted_to is 'up to where it takes it at once; the same as wanted_from: it has every byte';
comment on column media_files.problem is 'what is wrong with a video, in Facebook''s words';
comment on column media_files.lease is 'who is at work on a video just now, until leased_until';
comment on column media_files.looked_at is 'when Facebook was last asked how far a video has come';
comment on table media_names is 'Files by the names that they have within an upload; deleted after launch.media.keep-names.';
