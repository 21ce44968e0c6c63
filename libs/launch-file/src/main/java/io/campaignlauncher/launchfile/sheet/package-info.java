/** From the bytes of a file to the rows that a spreadsheet shows, whatever tool wrote them. */
@NullMarked
package io.campaignlauncher.launchfile.sheet;

import org.jspecify.annotations.NullMarked;
