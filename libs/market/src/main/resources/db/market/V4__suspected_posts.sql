-- Posts that may be there although their money came back. As in V1, no name says its schema.
alter table post_jobs add column suspicion text check (suspicion is null or status = 'failed');
create index post_jobs_suspected on post_jobs (id) where suspicion is not null;
comment on column post_jobs.suspicion is 'why only a person can tell whether a post is there that shall not be; null: nobody is asked';
