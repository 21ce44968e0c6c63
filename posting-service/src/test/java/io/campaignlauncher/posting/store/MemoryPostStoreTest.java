package io.campaignlauncher.posting.store;

import io.campaignlauncher.posting.model.Posts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

class MemoryPostStoreTest extends PostStoreContract {

    private Instant now = Posts.START;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final MemoryPostStore store = new MemoryPostStore(clock, ATTEMPT_MAX);

    @Override
    protected PostStore store() {
        return store;
    }

    @Override
    protected void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    protected void changeTimeline() {
        store.rewind(Duration.ZERO);
    }
}
