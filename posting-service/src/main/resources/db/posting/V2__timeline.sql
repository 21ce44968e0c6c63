-- Which timeline this database is on, and since when that is known: it changes when a standby takes over or a backup is restored. An attempt that was
-- committed before may have been lost with the old primary although its request has left. So each post that was asked for before is in doubt,
-- once: it is looked for before it may be sent again.
CREATE TABLE timeline (
    only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    id       text        NOT NULL,                  -- the first eight digits of a file of the write-ahead log
    since    timestamptz NOT NULL                   -- this database's clock; -infinity: ever since
);

INSERT INTO timeline (id, since) VALUES (left(pg_walfile_name(pg_current_wal_insert_lsn()), 8), '-infinity');

-- When it changed, by this database's clock.
CREATE TABLE rewindings (
    at           timestamptz PRIMARY KEY
);

-- The marks of channels then: what was lost may have posted above them. A channel that was not known then has none.
CREATE TABLE rewound_marks (
    chat_id      bigint      NOT NULL,
    at           timestamptz NOT NULL,
    mark         integer     NOT NULL,
    PRIMARY KEY (chat_id, at)
);
