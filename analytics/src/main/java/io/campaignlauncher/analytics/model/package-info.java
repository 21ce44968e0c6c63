/** The figures: what is counted of launches, over which time, and how it follows from what the topics tell. */
@NullMarked
package io.campaignlauncher.analytics.model;

import org.jspecify.annotations.NullMarked;
