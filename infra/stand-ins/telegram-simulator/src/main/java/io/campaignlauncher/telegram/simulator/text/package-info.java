/** Texts as Telegram reads them: parse modes, entities in UTF-16 units, and what makes a text no valid one. */
@NullMarked
package io.campaignlauncher.telegram.simulator.text;

import org.jspecify.annotations.NullMarked;
