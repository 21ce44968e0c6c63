/** Creates entities on Facebook, each slot once: commands from {@code creation.commands}, facts to {@code creation.events}. */
@NullMarked
package io.campaignlauncher.creation;

import org.jspecify.annotations.NullMarked;
