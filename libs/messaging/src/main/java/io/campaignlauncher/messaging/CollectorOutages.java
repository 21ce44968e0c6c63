package io.campaignlauncher.messaging;

import io.campaignlauncher.telemetry.Spans;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Says in one line that the collector of spans takes none, now and then that it still does not, and in one line that it is over. */
final class CollectorOutages implements Spans.Outcome {

    private final String what;
    private final ThrottledWarning warning;

    CollectorOutages(String endpoint, Clock clock) {
        var address = URI.create(endpoint);
        this.what = "spans are dropped, the collector at " + address.getHost() + ":" + address.getPort()
                + " does not take them";
        this.warning = new ThrottledWarning(LoggerFactory.getLogger(CollectorOutages.class), clock);
    }

    @Override
    public void taken() {
        warning.over();
    }

    @Override
    public void refused(int spans, @Nullable Throwable why) {
        warning.warn(what, why == null ? "no reason given" : Reasons.of(why));
    }
}
