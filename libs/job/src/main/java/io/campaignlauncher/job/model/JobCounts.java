package io.campaignlauncher.job.model;

/** Numbers given out so far; each only grows, but the deletion retries begin anew where a pass deleted something. */
public record JobCounts(int preVerifications, int rounds, int verifications, int passes, int waits, int retries,
        int interruptions, int deletionRetries) {

    static final JobCounts NONE = new JobCounts(0, 0, 0, 0, 0, 0, 0, 0);

    JobCounts withPreVerifications(int attempts) {
        return new JobCounts(attempts, rounds, verifications, passes, waits, retries, interruptions, deletionRetries);
    }

    JobCounts withRounds(int number) {
        return new JobCounts(preVerifications, number, verifications, passes, waits, retries, interruptions,
                deletionRetries);
    }

    JobCounts withVerifications(int attempts) {
        return new JobCounts(preVerifications, rounds, attempts, passes, waits, retries, interruptions,
                deletionRetries);
    }

    JobCounts withPasses(int number) {
        return new JobCounts(preVerifications, rounds, verifications, number, waits, retries, interruptions,
                deletionRetries);
    }

    JobCounts withWaits(int number) {
        return new JobCounts(preVerifications, rounds, verifications, passes, number, retries, interruptions,
                deletionRetries);
    }

    JobCounts withRetries(int number) {
        return new JobCounts(preVerifications, rounds, verifications, passes, waits, number, interruptions,
                deletionRetries);
    }

    /** A creation round was cut short. */
    JobCounts interrupted() {
        return new JobCounts(preVerifications, rounds, verifications, passes, waits, retries, interruptions + 1,
                deletionRetries);
    }

    /** A deletion is tried once more. */
    JobCounts deletionRetried() {
        return new JobCounts(preVerifications, rounds, verifications, passes, waits, retries, interruptions,
                deletionRetries + 1);
    }

    /** Something was deleted: deletion retries are counted from 0 again. */
    JobCounts withoutDeletionRetries() {
        return new JobCounts(preVerifications, rounds, verifications, passes, waits, retries, interruptions, 0);
    }
}
