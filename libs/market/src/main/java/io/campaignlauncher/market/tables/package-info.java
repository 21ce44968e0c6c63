/** The marketplace's tables: folded from its events, live or anew, and what must hold of them. */
@NullMarked
package io.campaignlauncher.market.tables;

import org.jspecify.annotations.NullMarked;
