package io.campaignlauncher.simulator.core;

/** Which operations a {@link Fault} looks at. ANY is every operation, in a batch or alone; BATCH the call around them. */
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
    CREATE_LABEL,
    COPY,
    UPDATE,
    DELETE,
    READ_NODE,
    READ_EDGE,
    READ_OTHER,
    BATCH;

    boolean matches(OperationKind kind) {
        return switch (this) {
            case ANY -> kind != OperationKind.BATCH;
            case ANY_WRITE -> kind.isWrite();
            case ANY_CREATE -> kind.isCreate();
            case READ -> kind.isRead();
            case CREATE_CAMPAIGN -> kind == OperationKind.CREATE_CAMPAIGN;
            case CREATE_AD_SET -> kind == OperationKind.CREATE_AD_SET;
            case CREATE_AD -> kind == OperationKind.CREATE_AD;
            case CREATE_CREATIVE -> kind == OperationKind.CREATE_CREATIVE;
            case CREATE_IMAGE -> kind == OperationKind.CREATE_IMAGE;
            case CREATE_LABEL -> kind == OperationKind.CREATE_LABEL;
            case COPY -> kind == OperationKind.COPY;
            case UPDATE -> kind == OperationKind.UPDATE;
            case DELETE -> kind == OperationKind.DELETE;
            case READ_NODE -> kind == OperationKind.READ_NODE;
            case READ_EDGE -> kind == OperationKind.READ_EDGE;
            case READ_OTHER -> kind == OperationKind.READ_OTHER;
            case BATCH -> kind == OperationKind.BATCH;
        };
    }
}
