-- The audit by tenant, by person (with the keys that are theirs), by what it is about, by what was done, and by time.
create index audit_of_tenant on audit (tenant, audit_id);
create index audit_of_actor on audit (split_part(actor, '/', 1), audit_id);
create index audit_of_subject on audit (subject, audit_id);
create index audit_of_action on audit (action, audit_id);
create index audit_by_time on audit (at);
