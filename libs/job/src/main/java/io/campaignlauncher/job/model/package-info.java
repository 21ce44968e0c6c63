/** The Job: what may be asked of it, what has happened to it, and every rule in between; nothing but the JDK. */
@NullMarked
package io.campaignlauncher.job.model;

import org.jspecify.annotations.NullMarked;
