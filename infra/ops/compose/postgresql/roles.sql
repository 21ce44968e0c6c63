-- The roles of the services and what is theirs, at the first start of an empty database. None is a superuser. Passwords come from files.
do $$
declare
    service text;
begin
    foreach service in array array['job_service', 'creator_service', 'rollback_service', 'identity_service',
                                   'moderation_service', 'posting_service'] loop
        execute format('create role %I login password %L', service,
                       trim(trailing E'\n' from pg_read_file('/run/secrets/database.' || service)));
    end loop;
    -- They read their change feeds from replication slots, and make their publications.
    alter role job_service replication;
    alter role moderation_service replication;
    execute format('alter database %I owner to job_service', current_database());
    execute format('grant create on database %I to moderation_service', current_database());
    create schema creator authorization creator_service;
    create schema identity authorization identity_service;
    create schema market authorization moderation_service;
    create schema posting authorization posting_service;
end
$$;
