package io.campaignlauncher.tools;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.sendonce.BaseUrl;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.look.FacebookDifference;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.facebook.FacebookCheck;
import io.campaignlauncher.tools.facebook.StoredTokens;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

    private static final String BASE_URL = "GRAPH_BASE_URL";
    private static final String ALLOW_HTTP = "GRAPH_ALLOW_HTTP";
    private static final String FACEBOOK = "https://graph.facebook.com";

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private JobEvents events = new JobEvents();

    @ArgGroup(multiplicity = "1")
    private Token token = new Token();

    /** Whose token reads. A token itself is never on the command line, where other processes see it. */
    static final class Token {

        @Option(names = "--token-env", paramLabel = "NAME", required = true, description = "The environment variable that holds an access token.")
        private @Nullable String tokenVariable;

        @Option(names = "--credentials-key-env", paramLabel = "NAME", required = true, description = "The environment variable that holds launch.credentials.key: the job's own credential is read from Kafka.")
        private @Nullable String keyVariable;
    }

    @Option(names = "--graph-base-url", paramLabel = "URL", description = "The Graph API (default: $" + BASE_URL
            + ", else " + FACEBOOK + "). Must be https, except on this machine or with " + ALLOW_HTTP + "=true.")
    private @Nullable String baseUrl;

    @Option(names = "--graph-api-version", defaultValue = GraphSettings.API_VERSION, description = "(default: ${DEFAULT-VALUE})")
    private String apiVersion = GraphSettings.API_VERSION;

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var job = events.jobAt(Point.LATEST);
        var accessToken = token(new CredentialName(job.state().ownership().tenant(),
                job.state().terms().request().credentialId()));
        List<FacebookDifference> found;
        try (var graph = HttpGraph.over(settings(), null)) {
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

    private AccessToken token(CredentialName credential) {
        var surroundings = Environment.of(spec);
        if (token.tokenVariable != null) {
            return token(surroundings.secret(token.tokenVariable), token.tokenVariable);
        }
        var variable = String.valueOf(token.keyVariable);
        try {
            return token(StoredTokens.find(events.kafka().settings(), surroundings.secret(variable), credential),
                    "of the credential " + credential.id());
        } catch (IllegalArgumentException e) {
            throw new OperationRefused(variable + ": " + e.getMessage());
        }
    }

    private static AccessToken token(String value, String where) {
        try {
            return new AccessToken(value.strip());
        } catch (IllegalArgumentException e) {
            throw new OperationRefused("the access token " + where + " cannot be one: " + e.getMessage());
        }
    }

    private GraphSettings settings() {
        var variable = Environment.of(spec).variable(BASE_URL);
        try {
            var defaults = GraphSettings
                    .towards(BaseUrl.of("graph", baseUrl != null ? baseUrl : variable == null ? FACEBOOK : variable,
                            "true".equals(Environment.of(spec).variable(ALLOW_HTTP))));
            return new GraphSettings(defaults.baseUrl(), apiVersion, defaults.requestTimeout(),
                    defaults.connectTimeout(), defaults.connectionsMax(), defaults.pendingMax());
        } catch (IllegalArgumentException e) {
            throw new OperationRefused("the Graph API's address: " + e.getMessage());
        }
    }
}
