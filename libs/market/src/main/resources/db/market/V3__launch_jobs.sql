-- Which job is the launch of which target. As in V1, no name says its schema.
alter table post_jobs add column "launchJobId" uuid unique;
comment on column post_jobs."launchJobId" is 'the job of a launch on Facebook, made from the target; null: not started, or on Telegram';
