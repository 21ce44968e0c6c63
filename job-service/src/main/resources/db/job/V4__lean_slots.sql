-- A slot's row is written about three times in a launch, and each index costs again each time. The unique key begins with
-- job_id and serves searches by it. Nearly all slots end as created, so that a summary of each block range finds the others,
-- and unlike a tree it lets a row change its status in place; room for that is left in each page.
drop index entity_creation_slots_job_id_idx;
drop index entity_creation_slots_status_idx;
create index on entity_creation_slots using brin (status) with (pages_per_range = 4);
alter table entity_creation_slots set (fillfactor = 50);
