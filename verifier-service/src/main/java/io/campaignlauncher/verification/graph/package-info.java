/** Reads Facebook for the verifier, hands what was read to the model and reports its judgement. */
@NullMarked
package io.campaignlauncher.verification.graph;

import org.jspecify.annotations.NullMarked;
