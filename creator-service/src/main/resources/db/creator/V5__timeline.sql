-- Which timeline this database is on, and since when that is known: it changes when a standby takes over or a backup is restored. A command that
-- was sent before may have been claimed by a creator whose claim was lost with the old primary. It is taken for claimed, by nobody who is known:
-- the row expires as any other, its round is reported as interrupted, and the job looks at Facebook before it creates anything.
CREATE TABLE timeline (
    only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    id       text        NOT NULL,                  -- the first eight digits of a file of the write-ahead log
    since    timestamptz NOT NULL                   -- this database's clock; -infinity: ever since
);

INSERT INTO timeline (id, since) VALUES (left(pg_walfile_name(pg_current_wal_insert_lsn()), 8), '-infinity');
