-- What must hold of the marketplace's tables at any time. Each statement finds rows that break one rule, and finds none where all is well.
-- The line above each, "-- NAME: sentence", is what is shown for it. An operator can run each of them as it stands.

-- I1: a wallet's balance is the sum of its entries
select w.id, w.balance, coalesce(s.total, 0) as entries
from wallets w left join (select "walletId", sum(amount) as total from ledger_entries group by 1) s on s."walletId" = w.id
where w.balance <> coalesce(s.total, 0);

-- I2: no wallet but the one of the world outside is below zero
select id, balance from wallets where balance < 0 and kind <> 'external';

-- I3: every transaction sums to zero and has two legs at least
select t.id, t.key, sum(e.amount) as total, count(e.id) as legs
from ledger_transactions t left join ledger_entries e on e."transactionId" = t.id
group by t.id, t.key having coalesce(sum(e.amount), 0) <> 0 or count(e.id) < 2;

-- I4: every entry has its transaction and its wallet, is not zero and has two decimals at most
select e.id from ledger_entries e
left join ledger_transactions t on t.id = e."transactionId" left join wallets w on w.id = e."walletId"
where t.id is null or w.id is null or e.amount = 0 or e.amount <> round(e.amount, 2);

-- I5: the balance after each entry is the one before it and its amount
select id, "walletId" from (select id, "walletId", amount, "balanceAfter",
    coalesce(lag("balanceAfter") over (partition by "walletId" order by id), 0) as before from ledger_entries) x
where "balanceAfter" <> before + amount;

-- I6a: a target has one escrow
select "campaignTargetId" from escrows group by 1 having count(*) > 1;

-- I6b: a target has one post job
select "campaignTargetId" from post_jobs group by 1 having count(*) > 1;

-- I7: target, escrow and post job are in states that go together
select t.id, t.status as target, e.status as escrow, j.status as post from campaign_targets t
left join escrows e on e."campaignTargetId" = t.id left join post_jobs j on j."campaignTargetId" = t.id
where not coalesce(
    (t.status in ('draft', 'submitted', 'rejected') and e.id is null and j.id is null)
    or (t.status = 'approved' and e.status = 'held' and j.status in ('queued', 'posting'))
    or (t.status = 'posted' and e.status in ('held', 'released') and j.status = 'posted')
    or (t.status = 'refunded' and e.status = 'refunded' and j.status = 'failed'), false);

-- I8: every escrow has its target, and every post job its escrow
select e.id from escrows e left join campaign_targets t on t.id = e."campaignTargetId" where t.id is null
union all
select j.id from post_jobs j left join escrows e on e."campaignTargetId" = j."campaignTargetId" where e.id is null;

-- I9: the wallet of an escrow has its amount while it is held, and nothing afterwards
select e.id, e.status, w.balance from escrows e join wallets w on w.id = e."walletId"
where w.balance <> case when e.status = 'held' then e.amount else 0 end;

-- I10: an escrow ended once and whole: released, or refunded, or neither
select e.id, e.status, x.kind from escrows e
left join ledger_transactions x on x.key = 'escrow:' || e."campaignTargetId" || ':end'
where (e.status = 'held') <> (x.id is null)
    or (x.id is not null and x.kind <> case e.status when 'released' then 'escrow_release' else 'escrow_refund' end);

-- I11: a campaign never holds and spends more than its budget
select c.id, c."totalBudget", sum(e.amount) as committed from campaigns c
join campaign_targets t on t."campaignId" = c.id join escrows e on e."campaignTargetId" = t.id
where e.status in ('held', 'released') group by c.id, c."totalBudget" having sum(e.amount) > c."totalBudget";

-- I12: a cancelled campaign has no live target, and a draft has drafts only
select t.id, t.status, c.status as campaign from campaign_targets t join campaigns c on c.id = t."campaignId"
where (c.status = 'cancelled' and t.status in ('submitted', 'approved')) or (c.status = 'draft' and t.status <> 'draft');

-- I13a: every hold is in the audit once
select e.id from escrows e where (select count(*) from user_audit_logs a
    where a.action = 'escrow_held' and a.metadata ->> 'targetId' = e."campaignTargetId"::text) <> 1;

-- I13b: every end of an escrow is in the audit once, and none that was not
select e.id from escrows e where (select count(*) from user_audit_logs a
    where a.action in ('escrow_released', 'escrow_refunded') and a.metadata ->> 'targetId' = e."campaignTargetId"::text)
    <> case when e.status = 'held' then 0 else 1 end;

-- I13c: every post is in the audit once, and none that was not
select j.id from post_jobs j where (select count(*) from user_audit_logs a
    where a.action = 'post_published' and a.metadata ->> 'targetId' = j."campaignTargetId"::text)
    <> case when j.status = 'posted' then 1 else 0 end;

-- I13d: every line of the audit says in which role, and which request it belongs to
select id from user_audit_logs where metadata ->> 'correlationId' is null or metadata ->> 'role' is null;

-- I14a: no message is the post of two targets
select "chatId", "messageId" from post_jobs where status = 'posted' group by 1, 2 having count(*) > 1;

-- I14b: a posted job knows its post
select id from post_jobs where status = 'posted' and "messageId" is null;

-- I15: money did not move while an outcome was open
select e.id from escrows e join post_jobs j on j."campaignTargetId" = e."campaignTargetId"
join post_attempts p on p."postJobId" = j.id
where e.status in ('released', 'refunded') and p.outcome in ('unknown', 'under_way');

-- I16: what was approved is what was to be posted
select t.id from campaign_targets t join post_jobs j on j."campaignTargetId" = t.id
where j."contentHash" <> t."approvedVersion";

-- I17: nobody approved their own campaign
select t.id from campaign_targets t join campaigns c on c.id = t."campaignId" where t."approvedBy" = c."advertiserId";

-- I18: nothing was held or released while its switch was off
select x.id, h.name from ledger_transactions x join kill_switch_history h on x.created_at <@ h.off_range
where (x.kind = 'escrow_hold' and h.name = 'new_escrows') or (x.kind = 'escrow_release' and h.name = 'payouts');

-- I19: all wallets together have nothing
select sum(balance) as total from wallets having sum(balance) <> 0;
