package io.campaignlauncher.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** Reports of each attempt whether the collector has taken the spans. */
final class ReportingExporter implements SpanExporter {

    private final SpanExporter exporter;
    private final Spans.Outcome outcome;

    ReportingExporter(SpanExporter exporter, Spans.Outcome outcome) {
        this.exporter = exporter;
        this.outcome = outcome;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var result = exporter.export(spans);
        result.whenComplete(() -> {
            if (result.isSuccess()) {
                outcome.taken();
            } else {
                outcome.refused(spans.size(), result.getFailureThrowable());
            }
        });
        return result;
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
