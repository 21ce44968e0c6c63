/** Looks at Facebook for the verifier: reads, hands what was read to the model, reports its judgement. */
@NullMarked
package io.campaignlauncher.verification.graph;

import org.jspecify.annotations.NullMarked;
