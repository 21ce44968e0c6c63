/** Who did what: notes it in a table that is only added to, and publishes what is noted there. */
@NullMarked
package io.campaignlauncher.access.audit;

import org.jspecify.annotations.NullMarked;
