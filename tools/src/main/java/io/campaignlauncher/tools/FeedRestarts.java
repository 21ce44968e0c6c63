package io.campaignlauncher.tools;

import io.campaignlauncher.changefeed.FeedRestart;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.JsonNodeFactory;

/** Has a change feed go on elsewhere, once it is kept where it stood. */
final class FeedRestarts {

    private FeedRestarts() {}

    /** @param after the last event that is not published again; 0: all are */
    static void after(long after, FeedRestart feed, Backup backup, CommandSpec spec) throws IOException {
        var before = feed.standing();
        try (var kept = backup.open(spec)) {
            kept.line(JsonNodeFactory.instance.objectNode().put("feed", feed.name())
                    .put("globalIndex", before.globalIndex()).put("catchUpFrom", before.catchUpFrom())
                    .put("slot", before.slot()).put("confirmed", before.confirmed()));
            var file = kept.kept();
            feed.after(after);
            spec.commandLine().getOut().println((after == 0 ? "the change feed publishes every event anew"
                    : "the change feed goes on after event " + after) + "; how it stood before is in " + file);
        }
    }
}
