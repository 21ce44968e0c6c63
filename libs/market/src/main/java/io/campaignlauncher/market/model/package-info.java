/** The marketplace: what may be asked of it, what has happened in it, and every rule in between; nothing but the JDK. */
@NullMarked
package io.campaignlauncher.market.model;

import org.jspecify.annotations.NullMarked;
