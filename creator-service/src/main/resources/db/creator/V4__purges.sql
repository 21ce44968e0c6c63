-- Claims are deleted after launch.creation.keep-claims. A command names the time after which nobody may claim it (notAfter, a
-- minute after it was asked for), and the statement that claims looks at that time by this database's clock. So once a claim is much
-- older than that, no command of its round can be claimed again, whoever publishes it, and the row guards nothing any more. One
-- whose round is not finished stays: the sweep has to report it first. Claims come in the order of their time, so a summary of each
-- block range finds the old ones and costs a claim next to nothing.
CREATE INDEX creation_claims_claimed_at ON creation_claims USING brin (claimed_at) WITH (pages_per_range = 16);

COMMENT ON TABLE creation_claims IS 'The right to create: one row a job, for its latest claimed round. Deleted after launch.creation.keep-claims.';
COMMENT ON TABLE account_pace IS 'How fast and from when creators may send on an account. A row whose times are over says nothing and is deleted a day later.';
