-- A slot was a row that was written three times in a launch. Now the slots of a job that runs share rows of slots_under_way, and when it
-- has settled, each is written once, as a row of settled_slots: the former table, which keeps its rows, also those of jobs that run just
-- now. A view has the name of that table, and shows both. docs/decisions/0066

-- Views of other people show what the view shows. They are noted here, and made again at the end.
do $$
begin
    perform set_config('launch.views', coalesce((
        select jsonb_agg(jsonb_build_object('name', v.oid::regclass::text, 'kind', v.relkind,
                                            'options', array_to_string(v.reloptions, ', '), 'query', pg_get_viewdef(v.oid)))
        from pg_class v
        where v.oid in (select r.ev_class from pg_depend d join pg_rewrite r on r.oid = d.objid
                        where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
                          and d.refobjid = 'entity_creation_slots'::regclass)), '[]')::text, true);
end $$;

alter table entity_creation_slots rename to settled_slots;

-- What belongs to the table is called after it, as in a table that is made by this name: a rebuild makes one.
do $$
declare
    part record;
begin
    for part in select conname as name from pg_constraint
                where conrelid = 'settled_slots'::regclass and conname like 'entity\_creation\_slots\_%' loop
        execute format('alter table settled_slots rename constraint %I to %I', part.name,
                       replace(part.name, 'entity_creation_slots_', 'settled_slots_'));
    end loop;
    for part in select relname as name from pg_class c join pg_index i on i.indexrelid = c.oid
                where i.indrelid = 'settled_slots'::regclass and relname like 'entity\_creation\_slots\_%' loop
        execute format('alter index %I rename to %I', part.name,
                       replace(part.name, 'entity_creation_slots_', 'settled_slots_'));
    end loop;
    execute format('alter sequence %s rename to settled_slots_id_seq', pg_get_serial_sequence('settled_slots', 'id'));
end $$;

-- It is written once: no room is left beside a row.
alter table settled_slots reset (fillfactor);
-- A number for each slot that shares a row with others.
alter table settled_slots alter column id set increment by 25;

create table slots_under_way (
    job_id                bigint      not null references campaign_creation_jobs (id) on delete cascade,
    entity_type           text        not null,
    first_number          int         not null,
    first_id              bigint      not null,
    created_at            timestamptz not null,
    entity_name           text[]      not null check (cardinality(entity_name) between 1 and 25),
    ad_set_slot_number    int[],
    status                text[],
    facebook_id           text[],
    creation_started_at   timestamptz[],
    creation_completed_at timestamptz[],
    error_message         text[],
    retry_count           int[],
    updated_at            timestamptz[],
    adopted               boolean[],
    primary key (job_id, entity_type, first_number)
) with (fillfactor = 50);
-- A row stays in its page, pressed together where it is long.
alter table slots_under_way
    alter column entity_name set storage main, alter column ad_set_slot_number set storage main,
    alter column status set storage main, alter column facebook_id set storage main,
    alter column creation_started_at set storage main, alter column creation_completed_at set storage main,
    alter column error_message set storage main, alter column retry_count set storage main,
    alter column updated_at set storage main, alter column adopted set storage main;

-- What the view shows, of the tables in that schema. The slots of a row are unfolded by a part of the view for each place in it, and not by
-- unnest: PostgreSQL finds a job by the index in each part, however the job is said, and could not in what a function makes.
create function slots_shown(of_schema text) returns text language sql stable as $$
    select 'select * from (select id, job_id, slot_number, entity_type, facebook_id, entity_name, status, creation_started_at,'
        || ' creation_completed_at, error_message, retry_count, created_at, updated_at, ad_set_slot_number, adopted from '
        || format('%I.settled_slots', of_schema)
        || string_agg(format(
               ' union all select first_id + %1$s, job_id, first_number + %1$s, entity_type, facebook_id[least(%2$s, cardinality(facebook_id))],'
               ' entity_name[%2$s], coalesce(status[least(%2$s, cardinality(status))], ''pending''),'
               ' creation_started_at[least(%2$s, cardinality(creation_started_at))],'
               ' creation_completed_at[least(%2$s, cardinality(creation_completed_at))],'
               ' error_message[least(%2$s, cardinality(error_message))], coalesce(retry_count[least(%2$s, cardinality(retry_count))], 0),'
               ' created_at, coalesce(updated_at[least(%2$s, cardinality(updated_at))], created_at),'
               ' ad_set_slot_number[least(%2$s, cardinality(ad_set_slot_number))],'
               ' coalesce(adopted[least(%2$s, cardinality(adopted))], false) from %3$I.slots_under_way',
               place - 1, place, of_schema), '' order by place)
        || ') slots where entity_name is not null'
    from generate_series(1, 25) place
$$;

do $$
begin
    execute 'create view entity_creation_slots as ' || slots_shown('public');
end $$;

-- Whoever writes to the view, as the release before does and people with SQL, writes rows: those of the job are unfolded for good.
create function slots_as_rows(job bigint) returns void language plpgsql as $$
begin
    perform from public.slots_under_way where job_id = job for update;
    if found then
        with gone as (delete from public.slots_under_way where job_id = job returning job_id)
        insert into public.settled_slots select * from public.entity_creation_slots
        where job_id = job and exists (select from gone) order by id;
    end if;
end $$;

create function write_slot() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform public.slots_as_rows(new.job_id);
        new.id := coalesce(new.id, nextval(pg_get_serial_sequence('public.settled_slots', 'id')));
        insert into public.settled_slots select new.*;
        return new;
    end if;
    perform public.slots_as_rows(old.job_id);
    if tg_op = 'DELETE' then
        delete from public.settled_slots where id = old.id;
        return old;
    end if;
    update public.settled_slots
    set id = new.id, job_id = new.job_id, slot_number = new.slot_number, entity_type = new.entity_type,
        facebook_id = new.facebook_id, entity_name = new.entity_name, status = new.status,
        creation_started_at = new.creation_started_at, creation_completed_at = new.creation_completed_at,
        error_message = new.error_message, retry_count = new.retry_count, created_at = new.created_at,
        updated_at = new.updated_at, ad_set_slot_number = new.ad_set_slot_number, adopted = new.adopted
    where id = old.id;
    return new;
end $$;

create trigger write_slot instead of insert or update or delete on entity_creation_slots
    for each row execute function write_slot();

-- The view would show the slots of a job twice that stands in both tables. Whoever looks for one row, and finds none, reads the whole table
-- if no index is used; PostgreSQL expects to find it soon.
create function slots_stand_once() returns trigger language plpgsql set enable_seqscan = off as $$
declare
    jobs  bigint[] := array(select distinct job_id from added);
    twice bigint;
begin
    if tg_table_name = 'settled_slots' then
        select job_id into twice from public.slots_under_way where job_id = any(jobs) limit 1;
    else
        select job_id into twice from public.settled_slots where job_id = any(jobs) limit 1;
    end if;
    if found then
        raise exception 'the slots of job % stand in slots_under_way and in settled_slots', twice;
    end if;
    return null;
end $$;

create trigger slots_stand_once after insert on settled_slots referencing new table as added
    for each statement execute function slots_stand_once();
create trigger slots_stand_once after insert on slots_under_way referencing new table as added
    for each statement execute function slots_stand_once();

-- Comments, and rights: who has some to the former table has them to all of it.
do $$
declare
    line text;
begin
    for line in
        select format('comment on view entity_creation_slots is %L', obj_description('settled_slots'::regclass, 'pg_class'))
        union all
        select format('comment on column entity_creation_slots.%I is %L', attname, col_description(attrelid, attnum))
        from pg_attribute where attrelid = 'settled_slots'::regclass and col_description(attrelid, attnum) is not null
        union all
        select format('grant %s on %I to %s%s', a.privilege_type, name,
                      case a.grantee when 0 then 'public' else a.grantee::regrole::text end,
                      case when a.is_grantable then ' with grant option' else '' end)
        from pg_class c cross join lateral aclexplode(c.relacl) a
            cross join unnest(array['entity_creation_slots', 'slots_under_way']) name
        where c.oid = 'settled_slots'::regclass and a.grantee <> c.relowner
        union all
        select format('grant %s (%I) on entity_creation_slots to %s%s', a.privilege_type, t.attname,
                      case a.grantee when 0 then 'public' else a.grantee::regrole::text end,
                      case when a.is_grantable then ' with grant option' else '' end)
        from pg_attribute t cross join lateral aclexplode(t.attacl) a
        where t.attrelid = 'settled_slots'::regclass
    loop
        execute line;
    end loop;
end $$;

comment on table settled_slots is 'Slots of jobs that have settled, a row each. entity_creation_slots shows them and those under way.';
comment on table slots_under_way is 'Slots of jobs that have not settled, up to 25 of one type a row. entity_creation_slots shows one by one.';
comment on column slots_under_way.first_number is 'of the first slot in the row; the others follow';
comment on column slots_under_way.first_id is 'of the first slot in the row; the others follow';
comment on column slots_under_way.entity_name is 'one a slot; each other array has one for all where it is the same, and is null where it is as at the beginning';

do $$
declare
    other record;
begin
    for other in select * from jsonb_to_recordset(current_setting('launch.views')::jsonb)
                     as views (name text, kind text, options text, query text) loop
        if other.kind <> 'v' then
            raise exception '% reads entity_creation_slots, which becomes a view: drop it, and make it again when this is done', other.name;
        end if;
        execute format('create or replace view %s %s as %s', other.name, 'with (' || other.options || ')', other.query);
    end loop;
end $$;
