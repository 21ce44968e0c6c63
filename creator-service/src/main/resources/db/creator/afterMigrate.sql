-- After each migration: where the server has a role for the rollback-service, it may read and take up the pace of ad accounts,
-- which it shares with the creators, and nothing else of this schema.
do $$
begin
    -- One at a time: creators start side by side.
    perform pg_advisory_xact_lock(hashtext('creator.account_pace'));
    if exists (select from pg_roles where rolname = 'rollback_service')
            and not has_table_privilege('rollback_service', 'creator.account_pace', 'update') then
        grant usage on schema creator to rollback_service;
        grant select, insert, update on creator.account_pace to rollback_service;
    end if;
end $$;
