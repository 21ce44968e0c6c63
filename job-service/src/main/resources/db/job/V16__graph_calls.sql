-- The requests to Facebook of each job, as well as workers could note them. Nothing is decided by these tables.
create table graph_call_works (
    job_id      uuid        not null,
    work_id     uuid        not null,
    service     text        not null,
    attempt     integer     not null,
    last_number integer     not null check (last_number > 0),
    noted_at    timestamptz not null default now(),
    primary key (job_id, work_id)
);
-- For whoever deletes old ones.
create index graph_call_works_noted_at on graph_call_works (noted_at);
comment on table graph_call_works is 'one for each handling of a message by a worker that sent requests';
comment on column graph_call_works.last_number is 'of the requests that were noted: as many as are missing below it were not';

create table graph_calls (
    job_id      uuid        not null,
    work_id     uuid        not null,
    number      integer     not null check (number > 0),
    purpose     text        not null,
    begun_at    timestamptz not null,
    took_ms     integer     not null check (took_ms >= 0),
    batch       boolean     not null,
    http_status integer     not null,
    fbtrace_id  text,
    outcome     text        not null,
    parts       jsonb       not null,
    primary key (job_id, work_id, number),
    foreign key (job_id, work_id) references graph_call_works on delete cascade
);
comment on table graph_calls is 'requests to Facebook, without what they said; the first 5,000 of a job';
comment on column graph_calls.outcome is 'of its gravest part: sent, not_sent, refused, limited, unknown';
comment on column graph_calls.http_status is '0: there was no answer';
