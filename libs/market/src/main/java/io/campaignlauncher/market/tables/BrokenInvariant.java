package io.campaignlauncher.market.tables;

/** A row that breaks an invariant. @param invariant its name @param meaning what should hold @param row what was found */
public record BrokenInvariant(String invariant, String meaning, String row) {}
