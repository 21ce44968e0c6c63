package io.campaignlauncher.testing;

import org.jspecify.annotations.Nullable;

/** The one database for all tests of this JVM, kept apart from the interface that hands it out. */
final class SharedDatabase {

    private static @Nullable TestDatabase shared;

    private SharedDatabase() {}

    static synchronized TestDatabase get() {
        if (shared == null) {
            shared = TestDatabase.start();
        }
        return shared;
    }
}
