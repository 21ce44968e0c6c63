/** Looks at what Facebook shows of a job, when somebody asks for it. A look changes nothing of the job. */
@NullMarked
package io.campaignlauncher.job.look;

import org.jspecify.annotations.NullMarked;
