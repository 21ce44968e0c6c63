-- Channels that are posted to. Times are this database's clock, here and below.
CREATE TABLE channels (
    chat_id      bigint      PRIMARY KEY CHECK (chat_id < 0),   -- as Telegram numbers it
    claim        bigint      NOT NULL DEFAULT 0,                -- counts the workers that had it; only rises
    owner        text,                                          -- the worker that has it; null: nobody
    lease_until  timestamptz,                                   -- after it another worker may take the channel
    mark         integer,                                       -- the highest message id that was seen; null: none was looked for
    controls     integer[]   NOT NULL DEFAULT '{}',             -- messages that were there, newest first
    username     text,
    checked_at   timestamptz,                                   -- when the bot's rights were found good
    held_for     text,                                          -- why nothing is sent there
    held_until   timestamptz,
    last_send_at timestamptz
);

CREATE FUNCTION claim_only_rises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.claim < OLD.claim THEN
        RAISE EXCEPTION 'the claim of channel % must not fall from % to %', OLD.chat_id, OLD.claim, NEW.claim;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER claim_only_rises BEFORE UPDATE OF claim ON channels FOR EACH ROW EXECUTE FUNCTION claim_only_rises();

-- One row a post. Kept for good: the command may come again at any time.
CREATE TABLE post_jobs (
    job_id       uuid        PRIMARY KEY,
    chat_id      bigint      NOT NULL REFERENCES channels,
    request_hash text        NOT NULL,
    command      jsonb       NOT NULL,
    state        jsonb       NOT NULL,
    stage        text        NOT NULL GENERATED ALWAYS AS (state ->> 'stage') STORED,
    next_at      timestamptz,                                   -- when there is something to do; null: never, unless somebody asks
    accepted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (stage IN ('QUEUED', 'POSTING', 'POSTED', 'CONFIRMED', 'FAILED', 'ROLLED_BACK'))
);

CREATE INDEX post_jobs_due ON post_jobs (next_at) WHERE next_at IS NOT NULL;

-- One row a request that may have posted, committed before the request leaves.
CREATE TABLE post_attempts (
    job_id       uuid        NOT NULL REFERENCES post_jobs,
    number       integer     NOT NULL CHECK (number > 0),
    chat_id      bigint      NOT NULL,
    mark         integer     NOT NULL,                          -- the post is above it
    marker_url   text        NOT NULL,
    request_hash text        NOT NULL,
    begun_at     timestamptz NOT NULL,
    deadline     timestamptz NOT NULL,                          -- by then the request was written and has ended
    claim        bigint      NOT NULL,
    outcome      text        NOT NULL CHECK (outcome IN ('UNDER_WAY', 'UNKNOWN', 'POSTED', 'NOT_MADE', 'NOT_THERE')),
    message_id   integer,
    detail       text        NOT NULL,
    was_unknown  boolean     NOT NULL,
    PRIMARY KEY (job_id, number),
    CHECK ((outcome = 'POSTED') = (message_id IS NOT NULL))
);

-- However a decision goes wrong: no second request leaves while one may post or has posted.
CREATE UNIQUE INDEX post_attempts_one_that_may_post ON post_attempts (job_id) WHERE outcome IN ('UNDER_WAY', 'UNKNOWN', 'POSTED');
CREATE INDEX post_attempts_open ON post_attempts (chat_id) WHERE outcome IN ('UNDER_WAY', 'UNKNOWN');

-- Our posts in a channel, which no look for another post has to read again.
CREATE TABLE known_posts (
    chat_id      bigint      NOT NULL REFERENCES channels,
    message_id   integer     NOT NULL,
    job_id       uuid        NOT NULL,
    begun_at     timestamptz NOT NULL,                          -- when its attempt began
    PRIMARY KEY (chat_id, message_id)
);

-- What was asked of a post and was not taken up yet. It may come before its post does.
CREATE TABLE post_requests (
    number       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id       uuid        NOT NULL,
    kind         text        NOT NULL CHECK (kind IN ('TELL', 'WITHDRAW', 'RESOLVE')),
    reason       text,
    message_id   integer,
    asked_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX post_requests_job ON post_requests (job_id);
