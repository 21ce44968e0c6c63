-- What stands on the dead-letter topics of all services, so that it can be counted, filtered and shown page by page. Derived: whoever
-- deletes both tables' rows has it read again. No values: those are on Kafka alone.
create table dead_letters (
    letter_id     bigint      generated always as identity primary key,
    topic         text        not null,
    partition     int         not null,
    record_offset bigint      not null,
    parked_at     timestamptz not null,
    reason        text        not null,
    reason_kind   text        not null,
    consumer      text        not null,
    type          text        not null,
    source        text        not null,
    about         uuid,
    tenant        text,
    value_bytes   bigint      not null,
    obstacle      text        check (obstacle in ('LEFT_OUT', 'NOT_OF_TOPIC')),
    came_back     boolean     not null,
    redriven_at   timestamptz,
    unique (topic, partition, record_offset)
);
create index on dead_letters (topic, reason_kind, parked_at) where redriven_at is null;
create index on dead_letters (about) where about is not null;

-- How far each partition was read, and of which topic: one that was made anew has another id.
create table dead_letter_positions (
    topic       text   not null,
    partition   int    not null,
    topic_id    text   not null,
    next_offset bigint not null,
    primary key (topic, partition)
);

comment on table dead_letters is 'One row a dead letter. Derived from the topics <topic>.dlt; no values.';
comment on column dead_letters.topic is 'that the record came from; the letter is on <topic>.dlt';
comment on column dead_letters.reason_kind is 'the reason without what differs from record to record';
comment on column dead_letters.source is 'where the record came from: topic-partition@offset';
comment on column dead_letters.about is 'the job, campaign or target that it names; null: none';
comment on column dead_letters.tenant is 'as the record says; null: it says none, so only super_admins see it';
comment on column dead_letters.obstacle is 'why it cannot be redriven; null: it can';
comment on column dead_letters.redriven_at is 'when it was published again, give or take; null: it waits';
