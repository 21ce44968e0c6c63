-- A replication slot that is made anew knows nothing of what was stored before it: that is published from the table. As long as
-- this is not finished nobody reads from the slot, whoever dies meanwhile.
alter table event_store.feed_position add column catch_up_from bigint;
comment on column event_store.feed_position.catch_up_from is
    'while events are published from the table: every one up to this index is; null: no such work is left over';

-- To events that were stored while a publication of this name was missing, PostgreSQL 18 is silent: they are passed over. One
-- that was dropped is noticed by this, even where somebody has made another since.
alter table event_store.feed_position add column publication bigint;
comment on column event_store.feed_position.publication is 'the identity of the publication that the slot is read through';
