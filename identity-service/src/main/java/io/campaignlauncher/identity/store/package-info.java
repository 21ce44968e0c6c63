/** What is known of users, sessions, keys and what was done with them, in PostgreSQL. Each call is one transaction and blocks. */
@NullMarked
package io.campaignlauncher.identity.store;

import org.jspecify.annotations.NullMarked;
