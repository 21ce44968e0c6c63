/**
 * What events make of the tables for people and pages, how the tables are made anew, and how they are compared with the events.
 * The job-service's migrations make the tables, so what tries this on a database stands beside them.
 */
@NullMarked
package io.campaignlauncher.readmodel;

import org.jspecify.annotations.NullMarked;
