-- The right to create: one row a job, for its latest claimed round. Rows are kept for good: a command may be published
-- again at any later time, and only this row says that its round was claimed. A row takes about 200 bytes.
CREATE TABLE creation_claims (
    job_id         uuid        PRIMARY KEY,
    round          integer     NOT NULL CHECK (round > 0),
    worker         text        NOT NULL,            -- the worker and its attempt to claim
    claimed_at     timestamptz NOT NULL,            -- this database's clock, like every time here
    lease_until    timestamptz NOT NULL,            -- after it the worker sends nothing more
    finished_at    timestamptz,                     -- null: the round's last report is not known to be durable
    command_id     text        NOT NULL,            -- the command's envelope, for a report in the worker's place
    correlation_id text        NOT NULL,
    traceparent    text
);

CREATE INDEX creation_claims_unfinished ON creation_claims (lease_until) WHERE finished_at IS NULL;

-- How fast and from when on all creators together may send on an ad account.
CREATE TABLE account_pace (
    account_id text        PRIMARY KEY,
    resume_at  timestamptz,                         -- before it the account is left alone
    window_end timestamptz,                         -- null: nothing was ever reserved
    used       integer     NOT NULL DEFAULT 0       -- create operations reserved in the window that ends then
);
