package io.campaignlauncher.simulator.core;

/**
 * What operations do, as limits, faults and counters see it, and before these kinds the groups of them that a {@link Fault}
 * may look at as well. An operation is of one kind, alone or in a batch; DELETE is any deletion, and faults may be
 * aimed at one of its three kinds; BATCH is the call around a batch's operations. CREATE_VIDEO begins an upload, or is
 * all of it.
 */
public enum FaultTarget {
    ANY,
    ANY_WRITE,
    ANY_CREATE,
    READ,
    CREATE_CAMPAIGN,
    CREATE_AD_SET,
    CREATE_AD,
    CREATE_CREATIVE,
    CREATE_IMAGE,
    CREATE_VIDEO,
    TRANSFER_CHUNK,
    FINISH_VIDEO,
    CREATE_LABEL,
    COPY,
    UPDATE,
    DELETE,
    DELETE_CAMPAIGN,
    DELETE_AD_SET,
    DELETE_AD,
    READ_NODE,
    READ_EDGE,
    READ_OTHER,
    BATCH;

    public boolean isCreate() {
        return switch (this) {
            case CREATE_CAMPAIGN, CREATE_AD_SET, CREATE_AD, CREATE_CREATIVE, CREATE_IMAGE, CREATE_VIDEO, CREATE_LABEL,
                    COPY, ANY_CREATE ->
                true;
            case TRANSFER_CHUNK, FINISH_VIDEO, UPDATE, DELETE, DELETE_CAMPAIGN, DELETE_AD_SET, DELETE_AD, READ_NODE,
                    READ_EDGE, READ_OTHER, BATCH, ANY, ANY_WRITE, READ ->
                false;
        };
    }

    public boolean isWrite() {
        return isCreate() || isDelete() || this == TRANSFER_CHUNK || this == FINISH_VIDEO || this == UPDATE
                || this == ANY_WRITE;
    }

    boolean isDelete() {
        return this == DELETE || this == DELETE_CAMPAIGN || this == DELETE_AD_SET || this == DELETE_AD;
    }

    public boolean isRead() {
        return this == READ_NODE || this == READ_EDGE || this == READ_OTHER || this == READ;
    }

    /** Whether an operation of this kind is one that is looked at. */
    boolean matches(FaultTarget kind) {
        return switch (this) {
            case ANY -> kind != BATCH;
            case ANY_WRITE -> kind.isWrite();
            case ANY_CREATE -> kind.isCreate();
            case READ -> kind.isRead();
            case DELETE -> kind.isDelete();
            case CREATE_CAMPAIGN, CREATE_AD_SET, CREATE_AD, CREATE_CREATIVE, CREATE_IMAGE, CREATE_VIDEO, TRANSFER_CHUNK,
                    FINISH_VIDEO, CREATE_LABEL, COPY, UPDATE, DELETE_CAMPAIGN, DELETE_AD_SET, DELETE_AD, READ_NODE,
                    READ_EDGE, READ_OTHER, BATCH ->
                this == kind;
        };
    }
}
