-- What Facebook said of the token of a job's credential, when it was last looked at with it.
alter table job_looks
    add column token_taken   boolean,
    add column token_told_at timestamptz;

update job_looks set token_taken = state = 'LOOKED', token_told_at = asked_at
where state = 'LOOKED' or reason like 'Facebook does not take the access token of the credential % any more%';

create index job_looks_token_refused on job_looks (job_id) where not token_taken;

comment on column job_looks.token_taken is 'whether Facebook took it; null: no look has told';
comment on column job_looks.token_told_at is 'when the look was asked for that told so; a look that failed for something else tells nothing';
