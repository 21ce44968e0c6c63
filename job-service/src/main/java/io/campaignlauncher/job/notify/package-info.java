/** Tells the address that a request named when its job ends or waits for a person. */
@NullMarked
package io.campaignlauncher.job.notify;

import org.jspecify.annotations.NullMarked;
