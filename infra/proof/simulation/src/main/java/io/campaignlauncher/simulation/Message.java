package io.campaignlauncher.simulation;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import org.apache.avro.specific.SpecificRecord;

/** A record on a topic. */
record Message(Envelope envelope, SpecificRecord value) {

    String jobId() {
        return envelope.subject();
    }

    String name() {
        return value.getSchema().getName();
    }

    LaunchRecords.Received received() {
        return new LaunchRecords.Received(envelope, value);
    }
}
