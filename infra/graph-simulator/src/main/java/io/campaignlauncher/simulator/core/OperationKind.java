package io.campaignlauncher.simulator.core;

/** What one operation does, as limits, faults and counters see it. BATCH is the call around a batch's operations. */
public enum OperationKind {
    CREATE_CAMPAIGN,
    CREATE_AD_SET,
    CREATE_AD,
    CREATE_CREATIVE,
    CREATE_IMAGE,
    CREATE_LABEL,
    COPY,
    UPDATE,
    DELETE,
    READ_NODE,
    READ_EDGE,
    READ_OTHER,
    BATCH;

    public boolean isCreate() {
        return switch (this) {
            case CREATE_CAMPAIGN, CREATE_AD_SET, CREATE_AD, CREATE_CREATIVE, CREATE_IMAGE, CREATE_LABEL, COPY -> true;
            case UPDATE, DELETE, READ_NODE, READ_EDGE, READ_OTHER, BATCH -> false;
        };
    }

    public boolean isWrite() {
        return isCreate() || this == UPDATE || this == DELETE;
    }

    public boolean isRead() {
        return this == READ_NODE || this == READ_EDGE || this == READ_OTHER;
    }
}
