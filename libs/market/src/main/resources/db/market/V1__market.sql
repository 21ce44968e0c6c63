-- The marketplace's tables: what operators query. Derived from the marketplace's events alone, but for the switches at the end; written in
-- the transaction of the events, so that what stands here as a constraint or a trigger refuses a decision that breaks it.
-- No name says its schema: a rebuild makes the same tables in another one.

create table wallets (
    id          uuid          primary key,
    tenant      text          not null,
    "userId"    text,
    kind        text          not null check (kind in ('user', 'escrow', 'fees', 'external')),
    balance     numeric(19,2) not null default 0,
    "createdAt" timestamptz   not null,
    constraint wallet_not_below_zero check (balance >= 0 or kind = 'external'),
    check (("userId" is not null) = (kind = 'user'))
);
create unique index wallets_of_users on wallets (tenant, "userId") where kind = 'user';
create unique index wallets_of_the_system on wallets (tenant, kind) where kind in ('fees', 'external');
comment on column wallets."userId" is 'null: the system''s own';
comment on column wallets.balance is 'the sum of its ledger_entries';

create table campaigns (
    id             uuid          primary key,
    tenant         text          not null,
    "advertiserId" text          not null,
    name           text          not null,
    status         text          not null check (status in ('draft', 'active', 'paused', 'completed', 'cancelled')),
    "totalBudget"  numeric(19,2) not null check ("totalBudget" > 0),
    created_at     timestamptz   not null,
    updated_at     timestamptz   not null
);
create index campaigns_of_advertisers on campaigns (tenant, "advertiserId", created_at);

create table channels (
    id            uuid          primary key,
    tenant        text          not null,
    "publisherId" text          not null,
    "chatId"      bigint        not null unique,
    chat          text          not null,
    title         text          not null,
    price         numeric(19,2) not null check (price > 0),
    status        text          not null check (status in ('ready', 'on_hold')),
    lacking       text[]        not null,
    created_at    timestamptz   not null,
    updated_at    timestamptz   not null,
    check ((status = 'ready') = (lacking = '{}'))
);
create index channels_of_publishers on channels (tenant, "publisherId");
comment on column channels.lacking is 'what the bot may not do there although it needs to';

create table campaign_targets (
    id                uuid          primary key,
    "campaignId"      uuid          not null references campaigns,
    tenant            text          not null,
    status            text          not null
        check (status in ('draft', 'submitted', 'rejected', 'approved', 'posted', 'refunded')),
    place             text          not null check (place in ('telegram', 'facebook')),
    "channelId"       uuid          references channels,
    text              text,
    link              text,
    photo             text,
    "adAccountId"     text,
    request           text,
    "postAt"          timestamptz,
    "publisherId"     text,
    amount            numeric(19,2) not null check (amount > 0),
    version           int           not null check (version > 0),
    "contentHash"     text          not null,
    "rejectedVersion" int           not null,
    "rejectReason"    text,
    "reviewDeadline"  timestamptz,
    "approvedBy"      text,
    "approvedVersion" text,
    created_at        timestamptz   not null,
    updated_at        timestamptz   not null,
    check (place <> 'telegram' or "channelId" is not null and text is not null and "publisherId" is not null),
    check (place <> 'facebook' or "adAccountId" is not null and request is not null),
    check ((status in ('approved', 'posted', 'refunded')) = ("approvedBy" is not null)),
    check (("approvedBy" is null) = ("approvedVersion" is null))
);
create index campaign_targets_of_campaigns on campaign_targets ("campaignId");
create index campaign_targets_under_review on campaign_targets (tenant, updated_at, id) where status = 'submitted';
comment on column campaign_targets.version is 'counts the contents from 1';
comment on column campaign_targets."contentHash" is 'SHA-256 of what is to be published, and where';
comment on column campaign_targets."approvedVersion" is 'the content hash that the moderator let pass';

create table escrows (
    id                 uuid          primary key,
    "campaignTargetId" uuid          not null unique references campaign_targets,
    "walletId"         uuid          not null unique references wallets,
    status             text          not null check (status in ('held', 'released', 'refunded')),
    amount             numeric(19,2) not null check (amount > 0),
    commission         numeric(19,2) not null,
    created_at         timestamptz   not null,
    updated_at         timestamptz   not null,
    check (commission between 0 and amount)
);
comment on column escrows.commission is 'what the marketplace keeps of the amount when it is released';

create table post_jobs (
    id                 uuid        primary key,
    "campaignTargetId" uuid        not null unique references escrows ("campaignTargetId"),
    status             text        not null check (status in ('queued', 'posting', 'posted', 'failed')),
    "contentHash"      text        not null,
    deadline           timestamptz not null,
    "chatId"           bigint,
    "messageId"        bigint,
    link               text,
    failure            text,
    "lookedAt"         timestamptz,
    missing            boolean     not null,
    decided            boolean,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    check ((status = 'posted') = ("messageId" is not null)),
    check (("chatId" is null) = ("messageId" is null)),
    check ((status = 'failed') = (failure is not null))
);
create unique index post_jobs_of_one_message on post_jobs ("chatId", "messageId");
create index post_jobs_under_way on post_jobs (deadline) where status in ('queued', 'posting');
comment on column post_jobs."chatId" is 'of a launch on Facebook: the digits of its ad account; "messageId": its campaign';
comment on column post_jobs."lookedAt" is 'when the last look found the post';
comment on column post_jobs.decided is 'what a person has said became of it; null: nobody had to';

create table post_attempts (
    "postJobId" uuid        not null references post_jobs,
    attempt     int         not null check (attempt > 0),
    number      int         not null,
    outcome     text        not null check (outcome in ('under_way', 'unknown', 'posted', 'not_made')),
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    primary key ("postJobId", attempt)
);
comment on column post_attempts.number is 'the place among the starts of the job';
create index post_attempts_unknown on post_attempts ("postJobId") where outcome in ('under_way', 'unknown');

create table surplus_posts (
    "postJobId" uuid        not null references post_jobs,
    "chatId"    bigint      not null,
    "messageId" bigint      not null,
    link        text        not null,
    number      int         not null,
    created_at  timestamptz not null,
    primary key ("postJobId", "chatId", "messageId")
);
comment on table surplus_posts is 'posts that no money stands for; number: their order';

create table ledger_transactions (
    id            uuid        primary key,
    tenant        text        not null,
    key           text        not null,
    kind          text        not null
        check (kind in ('deposit', 'escrow_hold', 'escrow_release', 'escrow_refund', 'correction')),
    "campaignId"  uuid,
    "targetId"    uuid,
    created_at    timestamptz not null,
    constraint one_transaction_of_a_key unique (tenant, key)
);

create table ledger_entries (
    id              bigint        primary key,
    "transactionId" uuid          not null references ledger_transactions,
    "walletId"      uuid          not null references wallets,
    amount          numeric(19,2) not null check (amount <> 0),
    type            text          not null check (type in
        ('deposit', 'escrow_hold', 'escrow_release', 'escrow_refund', 'commission', 'correction')),
    "balanceAfter"  numeric(19,2) not null,
    "createdAt"     timestamptz   not null
);
create index ledger_entries_of_wallets on ledger_entries ("walletId", id);
create index ledger_entries_of_transactions on ledger_entries ("transactionId");
comment on column ledger_entries.id is 'grows in the order of the event store: the position of the event, times 8, and the leg';

create table corrections (
    id             uuid          primary key,
    tenant         text          not null,
    "fromWalletId" uuid          not null references wallets,
    "toWalletId"   uuid          not null references wallets,
    amount         numeric(19,2) not null check (amount > 0),
    reason         text          not null,
    "proposedBy"   text          not null,
    "approvedBy"   text,
    created_at     timestamptz   not null,
    updated_at     timestamptz   not null,
    constraint approved_by_a_second_person check ("approvedBy" <> "proposedBy")
);

create table user_audit_logs (
    id          bigint      primary key,
    tenant      text        not null,
    action      text        not null,
    "userId"    text        not null,
    metadata    jsonb       not null,
    "createdAt" timestamptz not null
);
create index user_audit_logs_of_targets on user_audit_logs ((metadata ->> 'targetId'), action);
create index user_audit_logs_of_users on user_audit_logs (tenant, "userId", id);
comment on column user_audit_logs.id is 'the position of the event in the store';

-- The kill switches, and when they were off: not derived from events. Turned by an update of the row; a decision reads it for share.
create table kill_switches (
    name         text        primary key check (name in ('payouts', 'new_escrows', 'telegram_posting')),
    enabled      boolean     not null,
    "changedBy"  text        not null,
    reason       text        not null,
    "changedAt"  timestamptz not null default clock_timestamp()
);
create table kill_switch_history (
    name         text        not null references kill_switches,
    off_range    tstzrange   not null check (not isempty(off_range)),
    "turnedOffBy" text       not null,
    reason       text        not null,
    "turnedOnBy" text
);
create unique index off_once_at_a_time on kill_switch_history (name) where upper_inf(off_range);
insert into kill_switches (name, enabled, "changedBy", reason)
    values ('payouts', true, 'system', 'from the start'), ('new_escrows', true, 'system', 'from the start'),
           ('telegram_posting', true, 'system', 'from the start');

-- An update waits for whoever reads the row for share, so what runs is over when the range begins.
create function kill_switch_turned() returns trigger language plpgsql as $$
begin
    new."changedAt" := clock_timestamp();
    if old.enabled and not new.enabled then
        execute format('insert into %I.kill_switch_history values ($1, tstzrange($2, null), $3, $4, null)', tg_table_schema)
            using new.name, new."changedAt", new."changedBy", new.reason;
    elsif new.enabled and not old.enabled then
        execute format('update %I.kill_switch_history set off_range = tstzrange(lower(off_range), $2), "turnedOnBy" = $3'
            || ' where name = $1 and upper_inf(off_range)', tg_table_schema)
            using new.name, new."changedAt", new."changedBy";
    end if;
    return new;
end
$$;
create trigger kill_switch_turned before update on kill_switches
    for each row execute function kill_switch_turned();

-- Ledger and audit are only added to.
create function only_added_to() returns trigger language plpgsql as $$
begin
    raise exception '% is only added to', tg_table_name;
end
$$;
create trigger only_added_to before update or delete or truncate on ledger_transactions
    for each statement execute function only_added_to();
create trigger only_added_to before update or delete or truncate on ledger_entries
    for each statement execute function only_added_to();
create trigger only_added_to before update or delete or truncate on user_audit_logs
    for each statement execute function only_added_to();

-- Every transaction sums to zero and has two legs at least, looked at when it is all there.
create function ledger_transaction_is_balanced() returns trigger language plpgsql as $$
declare
    moved uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
    balanced boolean;
begin
    execute format('select coalesce(sum(amount) = 0 and count(*) >= 2, false) from %I.ledger_entries'
        || ' where "transactionId" = $1', tg_table_schema) into balanced using moved;
    if not balanced then
        raise exception 'the ledger transaction % does not sum to zero', moved using errcode = 'check_violation';
    end if;
    return null;
end
$$;
create constraint trigger ledger_transaction_is_balanced after insert on ledger_transactions
    deferrable initially deferred for each row execute function ledger_transaction_is_balanced('id');
create constraint trigger ledger_transaction_is_balanced after insert on ledger_entries
    deferrable initially deferred for each row execute function ledger_transaction_is_balanced('transactionId');

-- A state begins where the first argument says, and changes along the others only.
create function only_along_arrows() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.status <> tg_argv[0] then
            raise exception '% begins as %, not as %', tg_table_name, tg_argv[0], new.status using errcode = 'check_violation';
        end if;
    elsif not (old.status || '>' || new.status) = any (tg_argv) then
        raise exception '% does not go from % to %', tg_table_name, old.status, new.status using errcode = 'check_violation';
    end if;
    return new;
end
$$;
create trigger begins before insert on campaigns for each row execute function only_along_arrows('draft');
create trigger goes_on before update on campaigns for each row when (old.status <> new.status)
    execute function only_along_arrows('draft', 'draft>active', 'active>paused', 'paused>active', 'draft>cancelled',
        'active>cancelled', 'paused>cancelled', 'active>completed', 'paused>completed');
create trigger begins before insert on campaign_targets for each row execute function only_along_arrows('draft');
create trigger goes_on before update on campaign_targets for each row when (old.status <> new.status)
    execute function only_along_arrows('draft', 'draft>submitted', 'rejected>submitted', 'submitted>approved',
        'submitted>rejected', 'approved>posted', 'approved>refunded');
create trigger begins before insert on escrows for each row execute function only_along_arrows('held');
create trigger goes_on before update on escrows for each row when (old.status <> new.status)
    execute function only_along_arrows('held', 'held>released', 'held>refunded');
create trigger begins before insert on post_jobs for each row execute function only_along_arrows('queued');
create trigger goes_on before update on post_jobs for each row when (old.status <> new.status)
    execute function only_along_arrows('queued', 'queued>posting', 'queued>failed', 'posting>posted', 'posting>failed');
