package io.campaignlauncher.messaging;

import io.campaignlauncher.frontdoor.ThisMachineOnly;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets a start with an address that is not on this machine alone end with the sentence that says so, and no stack trace. */
final class ThisMachineOnlyAnalyzer extends AbstractFailureAnalyzer<ThisMachineOnly> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, ThisMachineOnly cause) {
        return new FailureAnalysis(cause.getMessage(), null, failure);
    }
}
