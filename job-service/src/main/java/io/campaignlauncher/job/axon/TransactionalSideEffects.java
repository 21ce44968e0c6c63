package io.campaignlauncher.job.axon;

import io.campaignlauncher.eventstore.CampaignNames;
import io.campaignlauncher.job.host.AcceptanceFacts;
import io.campaignlauncher.job.host.SideEffect;
import io.campaignlauncher.job.media.MediaFiles;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.PriorAcceptance;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Keeps timers and names in step with the events, in the same transaction. */
final class TransactionalSideEffects implements AcceptanceFacts {

    private final Waits waits;
    private final CampaignNames names;
    private final PriorAcceptances priorAcceptances;
    private final MediaFiles media;

    TransactionalSideEffects(Waits waits, CampaignNames names, PriorAcceptances priorAcceptances, MediaFiles media) {
        this.media = media;
        this.waits = waits;
        this.names = names;
        this.priorAcceptances = priorAcceptances;
    }

    @Override
    public boolean nameTakenByAnother(String jobId, LaunchRequest request) {
        return names.takenByAnother(request.adAccountId(), request.campaign().name(), UUID.fromString(jobId));
    }

    @Override
    public List<MediaFile> media(LaunchRequest request, Set<String> references) {
        return media.find(request.ownership().tenant(), request.adAccountId(), request.mediaUpload(), references);
    }

    @Override
    public PriorAcceptance priorAcceptance(String jobId, LaunchRequest request) {
        return priorAcceptances.of(UUID.fromString(jobId), request);
    }

    void apply(String jobId, SideEffect effect) {
        switch (effect) {
            case SideEffect.WaitScheduled(var waitNumber, var at) -> waits.schedule(jobId, waitNumber, at);
            case SideEffect.NameFreeOnceReadable _ -> names.releaseOnceReadable(jobId);
            case SideEffect.NameFree _ -> names.release(jobId);
        }
    }
}
