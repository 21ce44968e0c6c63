package io.campaignlauncher.simulation.engine;

/** A promise was broken. */
public final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Violation(String message) {
        super(message);
    }
}
