/** The right to create: one claim a job and round, held by one worker for the time of a lease, kept in PostgreSQL. */
@NullMarked
package io.campaignlauncher.creation.claims;

import org.jspecify.annotations.NullMarked;
