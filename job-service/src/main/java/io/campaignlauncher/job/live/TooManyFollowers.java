package io.campaignlauncher.job.live;

/** No more jobs can be followed on this instance at the moment. Expected, so it carries no stack trace. */
public final class TooManyFollowers extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyFollowers(int followersMax) {
        super("this instance follows jobs for " + followersMax + " already", null, false, false);
    }
}
