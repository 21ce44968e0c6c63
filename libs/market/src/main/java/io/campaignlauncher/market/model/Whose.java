package io.campaignlauncher.market.model;

/** Of whose things a role may do something. */
public enum Whose {
    OWN, ANY,
    /** Of everybody's but their own. */
    OTHERS;

    boolean covers(boolean own) {
        return switch (this) {
            case OWN -> own;
            case ANY -> true;
            case OTHERS -> !own;
        };
    }

    /** For people. */
    public String word() {
        return Words.of(this);
    }
}
