/** The verifier: looks at Facebook before and after a launch and reports what it saw. */
@NullMarked
package io.campaignlauncher.verification;

import org.jspecify.annotations.NullMarked;
