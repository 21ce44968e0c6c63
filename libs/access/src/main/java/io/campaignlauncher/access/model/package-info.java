/** Who asks, and what may be seen of what belongs to others: plain rules, the same in every service. */
@NullMarked
package io.campaignlauncher.access.model;

import org.jspecify.annotations.NullMarked;
