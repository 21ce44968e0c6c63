/** The verifier: reads Facebook before and after a launch and reports what it found. */
@NullMarked
package io.campaignlauncher.verification;

import org.jspecify.annotations.NullMarked;
