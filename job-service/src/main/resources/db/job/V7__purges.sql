-- For the purges of what can no longer matter (OldRows has the reasons). Requests are written in the order of their time, so that a
-- summary of each block range finds the old ones and costs a request next to nothing.
create index campaign_names_free_from on event_store.campaign_names (free_from) where free_from is not null;
create index idempotency_keys_created_at on idempotency_keys using brin (created_at) with (pages_per_range = 16);

comment on column event_store.campaign_names.free_from is 'from then on the row is as if it were not there, and is deleted; null: the job is live';
comment on table idempotency_keys is 'Requests over HTTP that the read model may not know yet; deleted after launch.keep-requests.';
