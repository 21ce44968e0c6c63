-- How long a request of the round may take, as its command says: whoever finds that the worker is gone judges by it, not by
-- its own settings. Null: claimed by a version that did not say; then the settings of the one who looks count.
ALTER TABLE creation_claims ADD COLUMN request_timeout interval;
