-- After each migration: where the server has a role for the posting service, it may read the kill switches, and nothing else of this
-- schema.
do $$
begin
    -- One at a time: services start side by side.
    perform pg_advisory_xact_lock(hashtext('market.kill_switches'));
    if exists (select from pg_roles where rolname = 'posting_service')
            and not has_table_privilege('posting_service', 'market.kill_switches', 'select') then
        grant usage on schema market to posting_service;
        grant select on market.kill_switches to posting_service;
    end if;
end $$;
