/** What every simulated world is made of: virtual time, seeded chance, faults, processes, topics, stores and ways to servers. */
@NullMarked
package io.campaignlauncher.simulation.engine;

import org.jspecify.annotations.NullMarked;
