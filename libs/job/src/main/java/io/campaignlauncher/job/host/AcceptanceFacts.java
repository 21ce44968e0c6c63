package io.campaignlauncher.job.host;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Promise;

/** What only a host's tables know of a request that may become a job. Asked within the transaction of the decision. */
public interface AcceptanceFacts {

    /** Takes the campaign's name on its account for the job, unless another live job has it. @return whether another one has it */
    boolean nameTakenByAnother(String jobId, LaunchRequest request);

    /** What somebody was told who used the request's key before. */
    Promise promise(String jobId, LaunchRequest request);
}
