/** Judges what was read from Facebook: is what exists exactly what was asked for. */
@NullMarked
package io.campaignlauncher.verification.model;

import org.jspecify.annotations.NullMarked;
