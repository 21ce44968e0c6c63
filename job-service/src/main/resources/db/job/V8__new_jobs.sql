-- Finds the newest jobs without reading their events: those that have no row in the tables yet belong on lists too.
create index domain_events_of_new_jobs on event_store.domain_events (global_index) where sequence_number = 0;
