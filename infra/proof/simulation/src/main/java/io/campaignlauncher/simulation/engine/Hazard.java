package io.campaignlauncher.simulation.engine;

/** What may go wrong in a run: the constants of one enum. */
public interface Hazard {

    /** How likely it is at each occasion, where it is in force at all. */
    double likelihood();

    /** Its place among the hazards of its world. */
    int ordinal();

    /** In capitals, with underscores between the words. */
    String name();
}
