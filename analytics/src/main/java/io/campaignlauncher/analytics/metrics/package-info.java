/** The figures as Micrometer meters. */
@NullMarked
package io.campaignlauncher.analytics.metrics;

import org.jspecify.annotations.NullMarked;
