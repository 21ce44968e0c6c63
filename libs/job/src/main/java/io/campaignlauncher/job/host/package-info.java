/** What every host of jobs does with commands: production's, and the simulation's. Free of frameworks. */
@NullMarked
package io.campaignlauncher.job.host;

import org.jspecify.annotations.NullMarked;
