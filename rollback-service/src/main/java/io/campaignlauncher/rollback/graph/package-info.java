/** Reads, keeps and deletes what is on Facebook for the rollback service. */
@NullMarked
package io.campaignlauncher.rollback.graph;

import org.jspecify.annotations.NullMarked;
