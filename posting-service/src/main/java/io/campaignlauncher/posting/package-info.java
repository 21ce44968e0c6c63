/** The posting service as a program: how its parts are joined and started. */
@NullMarked
package io.campaignlauncher.posting;

import org.jspecify.annotations.NullMarked;
