-- After each migration: where the server has roles for the rollback-service and the job-service, they may read and take up the pace of
-- ad accounts, which they share with the creators. The job-service, which tells people, may also read what waits and what is under way, but
-- no command. Nothing else of this schema is for others.
do $$
declare
    other text;
begin
    -- One at a time: creators start side by side.
    perform pg_advisory_xact_lock(hashtext('creator.account_pace'));
    for other in select rolname from pg_roles where rolname in ('rollback_service', 'job_service') and rolname <> current_user loop
        if not has_table_privilege(other, 'creator.account_pace', 'update') then
            execute format('grant usage on schema creator to %I', other);
            execute format('grant select, insert, update on creator.account_pace to %I', other);
        end if;
    end loop;
    if exists (select from pg_roles where rolname = 'job_service' and rolname <> current_user)
            and not has_column_privilege('job_service', 'creator.creation_claims', 'finished_at', 'select') then
        grant select (job_id, urgent_from) on creator.waiting_commands to job_service;
        grant select (job_id, claimed_at, finished_at) on creator.creation_claims to job_service;
    end if;
end $$;
