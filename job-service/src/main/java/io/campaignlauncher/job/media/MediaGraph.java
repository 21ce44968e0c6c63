package io.campaignlauncher.job.media;

import io.campaignlauncher.graph.GraphImages;
import io.campaignlauncher.graph.GraphVideos;

/** Facebook, as uploads see it. */
public record MediaGraph(GraphImages images, GraphVideos videos) {}
