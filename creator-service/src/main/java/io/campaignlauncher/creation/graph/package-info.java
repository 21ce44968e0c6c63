/** Carries out creation rounds: claims, reads, sends, paces, reports. Reactor code over ports, without a thread of its own. */
@NullMarked
package io.campaignlauncher.creation.graph;

import org.jspecify.annotations.NullMarked;
