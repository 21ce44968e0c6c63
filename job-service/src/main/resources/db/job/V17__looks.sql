-- What Facebook showed of a job when somebody last had it looked at. One row a job; beyond launch.looks.kept the oldest go.
create table job_looks (
    job_id         uuid        primary key,
    state          text        not null check (state in ('LOOKING', 'LOOKED', 'FAILED')),
    asked_at       timestamptz not null,
    asked_by       text        not null,
    lease          uuid        not null,
    leased_until   timestamptz not null,
    reason         text,
    retry_at       timestamptz,
    ad_account_id  text        not null,
    usage_percent  double precision,
    usage_at       timestamptz,
    found          text
);
create index job_looks_asked_at on job_looks (asked_at);
create index job_looks_usage on job_looks (ad_account_id, usage_at desc) where usage_at is not null;

comment on table job_looks is 'The latest look of each job at Facebook, as somebody asked for it. Deleted beyond launch.looks.kept.';
comment on column job_looks.leased_until is 'a look that has said nothing by then is over: whoever made it is gone';
comment on column job_looks.reason is 'why the look failed, for people';
comment on column job_looks.retry_at is 'before it another look would fail as well';
comment on column job_looks.usage_percent is 'of the limits of the ad account, as the answers to the latest look said';
comment on column job_looks.found is 'JSON: the last look that did not fail, with its time; stays while a new one is made';
