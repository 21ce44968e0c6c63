package io.campaignlauncher.simulation.engine;

/** What everything in one world shares. */
public record Surroundings(Loop loop, SeededRandom random, FaultSchedule faults, Trace trace) {}
