/** The identity service: one application that says who somebody is and what they may do. */
@NullMarked
package io.campaignlauncher.identity;

import org.jspecify.annotations.NullMarked;
