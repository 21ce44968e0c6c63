-- The audit by person (with the keys that are theirs), by what it is about, and by what was done.
create index audit_of_actor on audit (split_part(actor, '/', 1), audit_id);
create index audit_of_subject on audit (subject, audit_id);
create index audit_of_action on audit (action, audit_id);
create index audit_by_time on audit (at);
