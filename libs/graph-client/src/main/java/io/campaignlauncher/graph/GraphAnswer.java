package io.campaignlauncher.graph;

/** The result of one HTTP request and what its headers said about usage. */
public record GraphAnswer(GraphResult result, GraphUsage usage) {}
