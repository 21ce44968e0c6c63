package io.campaignlauncher.job.messages;

import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.job.request.SlotSpecs;
import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the slots of one command are made of, each of these told once. */
final class CommandSpecs {

    /** Of a slot that has nothing of its own. */
    static final int AS_ALL = 0;

    private final LaunchRequest request;
    private final SlotSpecs specs;
    private final Map<io.campaignlauncher.job.model.AdSetSpec, Integer> adSets = new LinkedHashMap<>();
    private final Map<io.campaignlauncher.job.model.AdSpec, Integer> ads = new LinkedHashMap<>();

    CommandSpecs(LaunchRequest request) {
        this.request = request;
        this.specs = new SlotSpecs(request);
    }

    /** The number that stands for what the ad set of this slot is made of. */
    int adSet(int slotNumber) {
        var spec = specs.adSet(slotNumber);
        return spec.equals(request.adSet()) ? AS_ALL : adSets.computeIfAbsent(spec, _ -> adSets.size() + 1);
    }

    /** The number that stands for what the ad of this slot is made of. */
    int ad(int slotNumber) {
        var spec = specs.ad(slotNumber);
        return spec.equals(request.ad()) ? AS_ALL : ads.computeIfAbsent(spec, _ -> ads.size() + 1);
    }

    List<AdSetSpec> adSetSpecs() {
        return adSets.keySet().stream().map(LaunchRequests::toAvro).toList();
    }

    List<AdSpec> adSpecs() {
        return ads.keySet().stream().map(LaunchRequests::toAvro).toList();
    }
}
