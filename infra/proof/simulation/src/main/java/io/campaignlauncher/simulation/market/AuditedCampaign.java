package io.campaignlauncher.simulation.market;

import java.util.UUID;

/** A campaign as the auditor knows it. */
final class AuditedCampaign {

    enum Stage {
        DRAFT, ACTIVE, PAUSED, COMPLETED, CANCELLED
    }

    final UUID id;
    final String tenant;
    final String owner;
    final String name;
    final long budget;
    Stage stage = Stage.DRAFT;

    AuditedCampaign(UUID id, String tenant, String owner, String name, long budget) {
        this.id = id;
        this.tenant = tenant;
        this.owner = owner;
        this.name = name;
        this.budget = budget;
    }

    boolean hasEnded() {
        return stage == Stage.COMPLETED || stage == Stage.CANCELLED;
    }
}
