package io.campaignlauncher.job.model;

/** A job that nothing can be decided of, however often it is tried: an event of it cannot be read, or the like. */
public final class UndecidableJob extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UndecidableJob(String jobId, Throwable cause) {
        super("the job " + jobId + " cannot be decided: " + cause, cause);
    }

    /** Whether it is among the causes of an error. */
    public static boolean isBehind(Throwable error) {
        return error instanceof UndecidableJob || error.getCause() != null && isBehind(error.getCause());
    }
}
