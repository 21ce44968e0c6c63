/** What is known of ad accounts: launches on them, how far their limits are used, and for how long they are left alone. */
@NullMarked
package io.campaignlauncher.job.account;

import org.jspecify.annotations.NullMarked;
