/** What every HTTP server here does before any of its routes: who may speak to it, how much, and for how long. */
@NullMarked
package io.campaignlauncher.frontdoor;

import org.jspecify.annotations.NullMarked;
