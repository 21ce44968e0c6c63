package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.IssuedCommand;
import java.time.Instant;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Commands to one job, to be decided in order and committed together. */
record DecideOnJob(@TargetAggregateIdentifier String jobId, List<IssuedCommand> commands, Instant now) {}
