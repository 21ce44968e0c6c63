/** The rules of who somebody is and what they may do here: plain functions, without time, database or HTTP of their own. */
@NullMarked
package io.campaignlauncher.identity.model;

import org.jspecify.annotations.NullMarked;
