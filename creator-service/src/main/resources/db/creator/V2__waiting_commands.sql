-- Commands that were taken from their topic while a creator had no room: whichever creator has room takes the most urgent.
-- A claim removes its command in the same commit, so that nothing is lost and nothing is done twice.
CREATE TABLE waiting_commands (
    job_id         uuid        PRIMARY KEY,
    round          integer     NOT NULL CHECK (round > 0),
    urgent_from    timestamptz NOT NULL,            -- when it was sent, earlier by its priority: the earliest is next
    taken_until    timestamptz,                     -- a creator is about to claim it; after this time another one may
    sent_at        timestamptz NOT NULL,            -- the command's envelope
    command_id     text        NOT NULL,
    correlation_id text        NOT NULL,
    traceparent    text,
    command        bytea       NOT NULL             -- as it was on the topic
) WITH (fillfactor = 70);
