package io.campaignlauncher.job.host;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.PriorAcceptance;
import java.util.List;
import java.util.Set;

/** What only a host's tables know of a request that may become a job. Asked within the transaction of the decision. */
public interface AcceptanceFacts {

    /** Takes the campaign's name on its account for the job, unless another live job has it. @return whether another one has it */
    boolean nameTakenByAnother(String jobId, LaunchRequest request);

    /**
     * What is known of images and videos that a request names; what is not known is left out.
     *
     * @param references at least one
     */
    List<MediaFile> media(LaunchRequest request, Set<String> references);

    /** What a caller that used the request's key before was told. */
    PriorAcceptance priorAcceptance(String jobId, LaunchRequest request);
}
