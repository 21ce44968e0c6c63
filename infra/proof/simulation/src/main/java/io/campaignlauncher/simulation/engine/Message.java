package io.campaignlauncher.simulation.engine;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import org.apache.avro.specific.SpecificRecord;

/** A record on a topic. */
public record Message(Envelope envelope, SpecificRecord value) {

    public String jobId() {
        return envelope.subject();
    }

    public String name() {
        return value.getSchema().getName();
    }

    public LaunchRecords.Received received() {
        return new LaunchRecords.Received(envelope, value);
    }
}
