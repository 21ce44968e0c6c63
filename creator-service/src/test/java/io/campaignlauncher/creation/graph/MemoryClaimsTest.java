package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.claims.Claims;
import io.campaignlauncher.creation.claims.ClaimsContract;
import io.campaignlauncher.creation.model.CreationSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

class MemoryClaimsTest extends ClaimsContract {

    private Instant now = Instant.parse("2026-01-05T08:00:00Z");
    private final MemoryClaims.Tables tables = new MemoryClaims.Tables();

    @Override
    protected Claims claims(CreationSettings settings) {
        return store(settings);
    }

    private MemoryClaims store(CreationSettings settings) {
        return new MemoryClaims(((InstantSource) () -> now).withZone(ZoneOffset.UTC), settings, tables);
    }

    @Override
    protected void pause(String accountId, Duration wait) {
        store(CreationSettings.defaults()).pause(accountId, wait).block();
    }

    @Override
    protected void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    protected Instant now() {
        return now;
    }

    @Override
    protected void changeTimeline() {
        tables.timelineSince().set(now);
    }
}
