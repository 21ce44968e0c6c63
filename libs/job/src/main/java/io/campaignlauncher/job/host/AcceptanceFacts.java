package io.campaignlauncher.job.host;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.PriorAcceptance;

/** What only a host's tables know of a request that may become a job. Asked within the transaction of the decision. */
public interface AcceptanceFacts {

    /** Takes the campaign's name on its account for the job, unless another live job has it. @return whether another one has it */
    boolean nameTakenByAnother(String jobId, LaunchRequest request);

    /** What a caller that used the request's key before was told. */
    PriorAcceptance priorAcceptance(String jobId, LaunchRequest request);
}
