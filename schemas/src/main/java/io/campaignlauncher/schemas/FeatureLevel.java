package io.campaignlauncher.schemas;

import java.util.List;

/**
 * Levels of the contract. A version of a message that a level brought is written once every instance reads that level; until then
 * its message is written in the version before, without what is new in it.
 */
public final class FeatureLevel {

    /** What every release reads, the oldest one too. */
    public static final int FIRST = 1;

    /** The highest that this release reads. */
    public static final int READ = 2;

    /**
     * The highest that this release writes. A level is read by one release and written by the next one, so that one can go back by a
     * release.
     */
    public static final int WRITTEN = 2;

    /** What each level brought. A message that is new in it has the version 1. */
    static final List<NewVersion> NEW_VERSIONS = List.of(new NewVersion(2, "PreVerificationRequested", 4),
            new NewVersion(2, "RollbackStarted", 2));

    record NewVersion(int level, String message, int version) {}

    private FeatureLevel() {}

    /**
     * In which version a message is written while nothing above a level may be.
     *
     * @return {@link Integer#MAX_VALUE}: in its latest one; 0: not at all
     */
    static int versionAt(String message, int level) {
        return level >= READ ? Integer.MAX_VALUE : NEW_VERSIONS.stream()
                .filter(one -> one.level() > level && one.message().equals(message))
                .mapToInt(one -> one.version() - 1).min().orElse(Integer.MAX_VALUE);
    }
}
