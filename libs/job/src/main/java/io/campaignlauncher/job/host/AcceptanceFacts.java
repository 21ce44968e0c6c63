package io.campaignlauncher.job.host;

import io.campaignlauncher.job.model.LaunchRequest;

/** What only a host's tables know of a request that may become a job. Asked within the transaction of the decision. */
public interface AcceptanceFacts {

    /** Takes the campaign's name on its account for the job, unless another live job has it. @return whether another one has it */
    boolean nameTakenByAnother(String jobId, LaunchRequest request);

    /** Whether somebody was told that this very request is taken: then it becomes a job, and be it one that fails at once. */
    boolean promised(String jobId, LaunchRequest request);
}
