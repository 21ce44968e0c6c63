package io.campaignlauncher.tools;

import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.look.FacebookDifference;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.facebook.FacebookCheck;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/** Compares a job with Facebook. */
@Command(name = "facebook", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Compares a job's slots with what Facebook holds now: what is missing, what no slot knows, names, parents and statuses.",
    "Only reads. Exit code 1: they differ." })
final class CheckFacebook implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private JobEvents events = new JobEvents();

    @Mixin
    private GraphConnection facebook = new GraphConnection();

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var job = events.jobAt(Point.LATEST);
        var accessToken = facebook.token(events.kafka(), job.state());
        List<FacebookDifference> found;
        try (var graph = HttpGraph.over(facebook.settings(), null)) {
            found = FacebookCheck.of(job.state(), graph, accessToken);
        }
        print(found);
        spec.commandLine().getErr().println(String.format(Locale.ROOT, "%d differences; the job is %s%s", found.size(),
                job.state().phase().status().name().toLowerCase(Locale.ROOT), job.state().phase().settled() ? ""
                        : ", so that Facebook may be ahead of what it knows: look again when it has settled"));
        return found.isEmpty() ? 0 : ReplayCommand.DIFFERENT;
    }

    private void print(List<FacebookDifference> found) {
        var out = spec.commandLine().getOut();
        if (!json) {
            out.println("DIFFERENCE\tENTITY\tFACEBOOK-ID\tIS\tSHOULD-BE");
        }
        for (var each : found) {
            out.println(json
                    ? JsonNodeFactory.instance.objectNode().put("difference", each.kind().wireName())
                            .put("entity", each.entity())
                            .put("facebookId", each.facebookId()).put("is", each.is()).put("should", each.should())
                            .toString()
                    : String.join("\t", each.kind().wireName(), PlainText.oneLine(each.entity()),
                            PlainText.oneLine(each.facebookId()),
                            PlainText.oneLine(each.is()), PlainText.oneLine(each.should())));
        }
        out.flush();
    }
}
