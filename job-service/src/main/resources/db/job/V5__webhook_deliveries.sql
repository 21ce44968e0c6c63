-- Notifications by webhook: what is to be told, to whom, and how far that got. Written from job.events, once for each job and
-- kind; not part of the read model. Any job-service may take a row that is due; it takes it by putting its next attempt off.
create table webhook_deliveries (
    job_id          uuid        not null,
    kind            text        not null,
    address         text        not null,
    host            text        not null,
    body            text        not null,
    traceparent     text,
    status          text        not null check (status in ('pending', 'delivered', 'given_up')),
    attempts        int         not null,
    next_attempt_at timestamptz not null,
    last_error      text,
    happened_at     timestamptz not null,
    created_at      timestamptz not null,
    delivered_at    timestamptz,
    primary key (job_id, kind)
);
create index on webhook_deliveries (next_attempt_at) where status = 'pending';
create index on webhook_deliveries (created_at) where status <> 'pending';

comment on table webhook_deliveries is 'One row a notification. Rows that are done are deleted after launch.webhook.keep.';
comment on column webhook_deliveries.kind is 'job.completed, job.failed, job.rolled_back or job.rollback_waiting';
comment on column webhook_deliveries.address is 'as the request named it; what stands behind the host may be secret';
comment on column webhook_deliveries.host is 'of the address, in small letters: only so many at once are sent to one host';
comment on column webhook_deliveries.body is 'JSON, sent and signed byte for byte in each attempt';
comment on column webhook_deliveries.traceparent is 'W3C trace context of what it tells of; null where there was none';
comment on column webhook_deliveries.status is 'pending, delivered or given_up';
comment on column webhook_deliveries.attempts is 'begun so far; an attempt that nobody heard of again counts';
comment on column webhook_deliveries.next_attempt_at is 'when it is due; while an attempt is under way, when that one counts as lost';
comment on column webhook_deliveries.last_error is 'of the last attempt that failed, without secrets';
comment on column webhook_deliveries.happened_at is 'when what it tells of happened';
comment on column webhook_deliveries.created_at is 'when it was noted; launch.webhook.give-up-after runs from then on';
