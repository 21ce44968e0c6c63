/** The HTTP API: log-in, sessions, API keys, users; and the rule of every route, kept by Spring Security. */
@NullMarked
package io.campaignlauncher.identity.http;

import org.jspecify.annotations.NullMarked;
