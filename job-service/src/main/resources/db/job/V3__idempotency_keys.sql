-- Requests that were taken over HTTP: what tells a repeated one from another under the same key. Not part of the read model.
create table idempotency_keys (
    job_id       uuid primary key,
    fingerprint  text        not null,
    user_id      text        not null,
    ad_sets      int         not null,
    ads          int         not null,
    created_at   timestamptz not null,
    published_at timestamptz
);
comment on column idempotency_keys.published_at is 'when Kafka had the command; null: nobody knows, so a repeated request publishes again';
