/** Talks to Facebook's Graph API: every answer is a value, every error is classified, no request is ever sent twice. */
@NullMarked
package io.campaignlauncher.graph;

import org.jspecify.annotations.NullMarked;
