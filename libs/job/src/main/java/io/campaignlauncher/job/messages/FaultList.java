package io.campaignlauncher.job.messages;

import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.schemas.FaultTexts;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;

/** Collects faults so that a record holds each of them once: its entries refer to them by index. */
final class FaultList {

    private final List<Fault> faults = new ArrayList<>();

    int indexOf(Fault fault) {
        int known = faults.indexOf(fault);
        if (known >= 0) {
            return known;
        }
        faults.add(fault);
        return faults.size() - 1;
    }

    List<GraphFault> toAvro() {
        return FaultTexts.bounded(faults.stream().map(AvroMapper::toAvro).toList());
    }

    static Fault at(List<GraphFault> faults, int index) {
        if (index < 0 || index >= faults.size()) {
            throw new UnreadableRecord("fault " + index + " of " + faults.size(), null);
        }
        return AvroMapper.fault(faults.get(index));
    }
}
