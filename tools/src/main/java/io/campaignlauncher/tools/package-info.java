/** Commands for operators, beside the running services. */
@NullMarked
package io.campaignlauncher.tools;

import org.jspecify.annotations.NullMarked;
